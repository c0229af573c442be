import type { Problem } from '@secxops/protocol/errors'
import type { Evidence } from '@secxops/protocol/inspect'
import type { ModuleFile } from '@secxops/protocol/module'
import { type ReactNode, useMemo } from 'react'
import { useText } from '../i18n/text.ts'
import { ProblemList } from '../problems/problem-list.tsx'
import { keyed } from '../view/keyed.ts'
import { Section } from '../view/section.tsx'
import { startPieces } from '../view/start-pieces.ts'
import { previewArgv } from './argv-preview.ts'
import { ArgvWords } from './argv-words.tsx'
import type { DraftEdit } from './draft.ts'
import { EvidenceLink } from './evidence.tsx'
import { PACKAGE } from './text.ts'

/** The start command, its problems as it is typed, and the words that will be started. */
export function StartField({
  module,
  problems,
  evidence,
  edit,
}: {
  module: ModuleFile
  problems: Problem[]
  evidence: Evidence | undefined
  edit(edit: DraftEdit): void
}): ReactNode {
  const t = useText(PACKAGE)
  const argv = useMemo(
    () =>
      previewArgv(module, (name, what) =>
        what === 'port' ? t('placeholder', { port: name }) : t('valueOf', { name }),
      ),
    [module, t],
  )
  const known = new Set(Object.keys({ ...module.parameters, ...module.inputs, ...module.outputs }))
  return (
    <Section title={t('start')} aside={<EvidenceLink evidence={evidence} />}>
      <div className="sx-start">
        <pre aria-hidden="true">
          {keyed(startPieces(module.start)).map(({ key, item }) => (
            <span key={key} className={pieceClass(item.name, known)}>
              {item.text}
            </span>
          ))}
          {'\n'}
        </pre>
        <textarea
          spellCheck={false}
          aria-label={t('start')}
          data-lm-suppress-shortcuts="true"
          rows={1}
          value={module.start}
          onChange={(event) => edit({ type: 'field', field: 'start', value: event.target.value })}
        />
      </div>
      <p className="sx-dim">{t('startHelp')}</p>
      <ProblemList problems={problems} />
      {argv && (
        <>
          <h3 style={{ marginTop: 8 }}>
            {t('words')} <span className="sx-dim sx-light">{t('wordsHelp')}</span>
          </h3>
          <ArgvWords argv={argv} />
        </>
      )}
    </Section>
  )
}

function pieceClass(name: string | undefined, known: Set<string>): string | undefined {
  if (name === undefined) return undefined
  return known.has(name) ? 'sx-start-name' : 'sx-start-unknown'
}
