import './experiment-editor.css'
import type { Problem } from '@secxops/protocol/errors'
import { isMap } from '@secxops/protocol/json'
import { readYaml } from '@secxops/protocol/yaml-read'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { localError } from '../i18n/error-text.ts'
import { formatBytes } from '../i18n/format.ts'
import { useLocale, useText } from '../i18n/text.ts'
import { findUnlawful } from '../search-space/draft-input.tsx'
import { useSpaceProblems } from '../search-space/space-problems.ts'
import { DocumentView } from '../text-document/document-view.tsx'
import type { DocumentProblem } from '../text-document/problem-rows.tsx'
import type { TextDocument } from '../text-document/text-document.ts'
import { useTextDocument } from '../text-document/use-text-document.ts'
import { Button } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { Banner, EmptyState } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import { useAction } from '../view/use-action.ts'
import { FormContext } from './editor-context.ts'
import { AutomlSections, NasSections } from './other-sections.tsx'
import { PastExperiments } from './past-experiments.tsx'
import { INLINE_SPACE, SearchSections } from './search-sections.tsx'
import { valueAt } from './set-at.ts'
import { EDITOR } from './text.ts'
import { useCheck } from './use-check.ts'

/** `NAME.experiment.yaml`: form and text beside each other, what is wrong with it, and Run. */
export function ExperimentEditor({ document }: { document: TextDocument }): ReactNode {
  const host = useHost()
  const t = useText(EDITOR)
  const locale = useLocale()
  const edited = useTextDocument(document)
  const { text, state } = edited
  const { answer, error } = useCheck(state.path, text)
  const action = useAction()
  const form = useRef<HTMLDivElement>(null)
  const [unlawful, setUnlawful] = useState<{ name: string; text: string }>()
  const tree = useMemo(() => readYaml(text).tree, [text])
  const problems = useMemo(() => (answer?.problems ?? []).map((one) => localError(one, locale)), [answer, locale])
  const inline = valueAt(tree?.value, INLINE_SPACE.at) !== undefined
  const space = useSpaceProblems(text, INLINE_SPACE)
  const shown = useMemo(
    () => [
      // What is wrong with the space is known here sooner, and in the language of the host.
      ...problems.filter((one) => !(inline && isOfSpace(one))).map((one) => placed(one, text, state.path)),
      ...(inline ? space : []),
    ],
    [problems, text, state.path, inline, space],
  )
  const wrong = shown.some(({ severity }) => severity === 'error')
  const start = (): void =>
    action.run(async () => {
      await document.save()
      const body = { path: state.path, text: document.state().text, idempotencyKey: crypto.randomUUID() }
      const { id } = await host.client.call('experiments.start', { body })
      host.openView({ view: 'experiment', id })
    })
  /** What was typed and is not in the text would be left out of what runs. */
  const run = (showForm: () => void): void => {
    const field = findUnlawful(form.current)
    setUnlawful(field && { name: field.ariaLabel ?? '', text: field.value })
    if (!field) {
      start()
      return
    }
    showForm()
    field.focus()
    // Whatever is done in the field answers what was said of it; not before React has taken in what was typed.
    for (const event of ['keyup', 'blur']) field.addEventListener(event, () => setUnlawful(undefined), { once: true })
  }
  const reason = host.restricted ?? (wrong || !tree ? t('fixFirst') : undefined)
  const { install } = answer ?? {}
  return (
    <DocumentView
      edited={edited}
      problems={shown}
      actions={(showForm) => (
        <>
          <Button
            kind="primary"
            icon="play"
            disabled={reason !== undefined || action.busy}
            title={reason ?? t('runHelp')}
            onClick={() => run(showForm)}
          >
            {t('run')}
          </Button>
          {install && (
            <span className="sx-dim">{t('installs', { what: install.what, size: formatBytes(install.bytes) })}</span>
          )}
        </>
      )}
    >
      {action.error && <ErrorView error={action.error} />}
      {unlawful && <Banner level="error">{t('unlawful', unlawful)}</Banner>}
      {error && <Banner level="warning">{t('checking', { why: error.message })}</Banner>}
      {tree ? (
        <FormContext.Provider value={{ t, edited, root: tree.value, check: answer, problems }}>
          <div ref={form} className="sx-experiment-form">
            {isMap(tree.value) && tree.value.nas !== undefined ? (
              <NasSections />
            ) : isMap(tree.value) && tree.value.automl !== undefined ? (
              <AutomlSections />
            ) : (
              <SearchSections />
            )}
            <PastExperiments path={state.path} />
          </div>
        </FormContext.Provider>
      ) : (
        <EmptyState icon="warning" text={t('broken')} />
      )}
    </DocumentView>
  )
}

const isOfSpace = ({ code, where }: Problem): boolean =>
  code === 'bad-space' && where?.field?.startsWith(INLINE_SPACE.at.join('.')) === true

/** A finding with its place in the text, where it is of this file. */
function placed({ severity, message, where, next }: Problem, text: string, path: string): DocumentProblem {
  const { line, column = 1 } = where ?? {}
  const foreign = where?.path !== undefined && where.path !== path
  const problem = { severity, message, line, next, ...(foreign && { path: where.path }) }
  if (line === undefined || foreign) return problem
  const lines = text.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1
  const word = /^[^\s,:}\]]*/.exec(text.slice(start))?.[0].length ?? 0
  return { ...problem, range: { start, end: start + Math.max(1, word) } }
}
