import type { Run } from '@secxops/protocol/run'
import { useRef, useState, useSyncExternalStore } from 'react'
import type { WorkflowDocument, WorkflowDocumentState } from '../host.ts'
import type { Translate } from '../i18n/text.ts'
import { errorBody } from '../ui/error-body.ts'
import { useHost } from '../ui/host-context.ts'
import { useConnection } from '../ui/use-client.ts'
import type { Overlay, RunControls } from './canvas.ts'
import type { RunStore } from './run-store.ts'
import type { TEXT } from './text.ts'
import type { Check } from './use-check.ts'

export const isActive = (run: Run | undefined): boolean => run?.state === 'running' || run?.state === 'cancelling'

/** Run, Continue and Cancel of the shown workflow. */
export function useRunControls(parts: {
  document: WorkflowDocument
  state: WorkflowDocumentState
  check: Check
  store: RunStore
  t: Translate<typeof TEXT>
  announce(text: string): void
  show(overlay: Overlay | undefined): void
}): RunControls {
  const { document, state, check, store, t, announce, show } = parts
  const host = useHost()
  const { connection } = useConnection()
  const run = useSyncExternalStore(store.subscribe, store.run)
  const [values, setValues] = useState<Run['parameters']>({})
  const [busy, setBusy] = useState(false)
  // The same press sent twice (a lost answer, a double click) must start one run: the key changes only after an answer.
  const key = useRef(newKey())

  /** Runs one request at a time; a failure is told with what can be done about it. */
  const during = async (work: () => Promise<Run>): Promise<void> => {
    if (busy) return
    setBusy(true)
    try {
      store.replace(await work())
      key.current = newKey()
    } catch (error) {
      const body = errorBody(error)
      // Only an answer of the backend settles the press; after silence the same key must be sent again.
      if (body.code !== 'unavailable') key.current = newKey()
      host.notify('error', [body.message, body.cause].filter(Boolean).join('\n'), body.next)
      announce(body.message)
    } finally {
      setBusy(false)
    }
  }
  const text = async (): Promise<string> => {
    if (document.state().dirty && !document.state().conflict) await document.save()
    return document.state().text
  }
  const errors = check.problems.filter(({ severity }) => severity === 'error')
  return {
    values,
    setValue: (name, value) =>
      setValues(({ [name]: _, ...rest }) => (value === undefined ? rest : { ...rest, [name]: value })),
    busy,
    blocked: blockedWords(),
    start: () =>
      during(async () => {
        const body = { path: state.path, text: await text(), parameters: values, idempotencyKey: key.current }
        return host.client.call('runs.start', { body })
      }),
    async continueRun(from) {
      const id = run?.id
      if (!id) return
      show(undefined)
      await during(async () => {
        const body = { text: await text(), ...(from ? { from } : {}) }
        return host.client.call('runs.continue', { params: { id }, body })
      })
    },
    async cancel() {
      const id = run?.id
      if (id) await during(() => host.client.call('runs.cancel', { params: { id } }))
    },
  }

  function blockedWords(): string | undefined {
    if (connection.state === 'lost') return t('noBackend')
    if (state.broken) return t('brokenReadOnly')
    if (Object.keys(state.workflow.nodes).length === 0) return t('noNodes')
    const [first] = errors
    if (first) return errors.length > 1 ? t('firstOf', { message: first.message, n: errors.length - 1 }) : first.message
    return undefined
  }
}

const newKey = (): string => `canvas-${crypto.randomUUID()}`
