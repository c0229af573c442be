import type { Attempt } from '@secxops/protocol/run'
import { formatValue } from '@secxops/protocol/value'
import type { ReactNode } from 'react'
import { formatBytes, formatDuration } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { useHost } from '../ui/host-context.ts'
import { Ago } from '../view/ago.tsx'
import { CopyLine } from '../view/copy-line.tsx'
import { Facts, Section } from '../view/section.tsx'
import { shellLine } from './run-model.ts'
import { RUN } from './text.ts'

/** What exactly ran: parameters, command, module, time, memory. */
export function AttemptFacts({ attempt }: { attempt: Attempt }): ReactNode {
  const host = useHost()
  const t = useText(RUN)
  const { notebook, module } = attempt
  const parameters = Object.entries(attempt.parameters)
  return (
    <>
      <Section title={t('parameters')}>
        {parameters.length === 0 ? (
          <p className="sx-dim">{t('noParameters')}</p>
        ) : (
          <Facts rows={parameters.map(([name, value]) => [name, <code key={name}>{formatValue(value)}</code>])} />
        )}
      </Section>
      {attempt.argv.length > 0 && (
        <Section
          title={t('start')}
          aside={<IconButton icon="copy" label={t('copyCommand')} onClick={() => host.copy(shellLine(attempt.argv))} />}
        >
          <code style={{ overflowWrap: 'anywhere' }}>{shellLine(attempt.argv)}</code>
        </Section>
      )}
      <Section title={t('details')}>
        <Facts
          rows={[
            [t('module'), moduleLink()],
            [t('started'), <Ago key="started" iso={attempt.startedAt} />],
            [t('duration'), attempt.duration === undefined ? undefined : formatDuration(attempt.duration)],
            [t('memory'), attempt.peakMemory === undefined ? undefined : formatBytes(attempt.peakMemory)],
            [t('digest'), <CopyLine key="digest" text={module.digest.slice(0, 19)} copy={module.digest} />],
          ]}
        />
        {notebook && (
          <Button icon="notebook" onClick={() => host.openFile(notebook)}>
            {t('notebook')}
          </Button>
        )}
      </Section>
    </>
  )

  function moduleLink(): ReactNode {
    const name = module.version ? `${module.name} ${module.version}` : `${module.name} (${module.ref})`
    if (!module.version) return name
    return (
      <Button kind="link" onClick={() => host.openView({ view: 'module', name: module.name, version: module.version })}>
        {name}
      </Button>
    )
  }
}
