import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { StateEffect } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type { DocumentRegistry } from '@jupyterlab/docregistry'
import type { Host } from '@secxops/panels/host'
import { localError } from '@secxops/panels/i18n/error-text'
import { diagnosticOf } from './diagnostic.ts'

/** A text is checked this many milliseconds after its last change. */
const PAUSE = 300

/**
 * Marks in the text editor of a workflow what the backend finds wrong with it, also while it is typed. `absolute`: contents path →
 * absolute path. Ends with the document.
 */
export function showProblems(
  view: EditorView,
  context: DocumentRegistry.CodeContext,
  host: Host,
  absolute: (path: string) => string,
): void {
  let pause: ReturnType<typeof setTimeout> | undefined
  let abort = new AbortController()
  const look = async (): Promise<void> => {
    const { signal } = abort
    const path = absolute(context.path)
    try {
      const body = { path, text: context.model.sharedModel.getSource() }
      const { problems } = await host.client.call('workflows.check', { body }, { signal })
      if (signal.aborted) return
      const own = problems.filter(({ where }) => where?.path === undefined || where.path === path)
      const found = own.map((problem) => diagnosticOf(view.state.doc, localError(problem, host.locale)))
      view.dispatch(setDiagnostics(view.state, found))
    } catch {
      // Without an answer the marks stay; once the backend is back it is asked again.
    }
  }
  const soon = (): void => {
    clearTimeout(pause)
    abort.abort()
    abort = new AbortController()
    pause = setTimeout(() => void look(), PAUSE)
  }
  view.dispatch({ effects: StateEffect.appendConfig.of(lintGutter()) })
  soon()
  context.model.contentChanged.connect(soon)
  const stop = host.client.subscribe({
    event: ({ type }) => (type === 'module' || type === 'library') && soon(),
    connection: (_, fresh) => fresh && soon(),
  })
  context.disposed.connect(() => {
    stop()
    clearTimeout(pause)
    abort.abort()
  })
}
