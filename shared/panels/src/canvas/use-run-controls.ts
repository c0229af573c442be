import type { Run } from '@secxops/protocol/run'
import { checkValue } from '@secxops/protocol/value'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import { useRef, useState, useSyncExternalStore } from 'react'
import type { WorkflowDocument, WorkflowDocumentState } from '../host.ts'
import type { Translate } from '../i18n/translate.ts'
import { errorBody } from '../ui/error-body.ts'
import { useHost } from '../ui/host-context.ts'
import { useConnection } from '../ui/use-client.ts'
import type { Overlay, RunControls } from './canvas.ts'
import type { RunStore } from './run-store.ts'
import type { TEXT } from './text.ts'
import type { Check } from './use-check.ts'

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
  const [inputs, setInputs] = useState<Record<string, string>>({})
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
    setValue: (name, value) => setValues((old) => withEntry(old, name, value)),
    inputs,
    setInput: (name, source) => setInputs((old) => withEntry(old, name, source)),
    missing: missingNames(state.workflow, values, inputs),
    busy,
    blocked: blockedWords(),
    start: () =>
      during(async () => {
        const { workflow } = document.state()
        const body = {
          path: state.path,
          text: await text(),
          parameters: own(values, workflow.parameters),
          inputs: own(inputs, workflow.inputs),
          idempotencyKey: key.current,
        }
        return host.client.call('runs.start', { body })
      }),
    async continueRun({ from, given } = {}) {
      const id = run?.id
      if (!id) return
      show(undefined)
      await during(async () => {
        const parameters = { ...own(values, document.state().workflow.parameters), ...given?.parameters }
        const body = { text: await text(), parameters, set: given?.set ?? {}, ...(from ? { from } : {}) }
        return host.client.call('runs.continue', { params: { id }, body })
      })
    },
    async cancel() {
      const id = run?.id
      if (id) await during(() => host.client.call('runs.cancel', { params: { id } }))
    },
  }

  function blockedWords(): string | undefined {
    if (host.restricted) return host.restricted
    if (connection.state === 'lost') return t('noBackend')
    if (state.broken) return t('brokenReadOnly')
    if (Object.keys(state.workflow.nodes).length === 0) return t('noNodes')
    const [first] = errors
    if (first) return errors.length > 1 ? t('firstOf', { message: first.message, n: errors.length - 1 }) : first.message
    return undefined
  }
}

function withEntry<T>(record: Record<string, T>, name: string, value: T | undefined): Record<string, T> {
  const { [name]: _, ...rest } = record
  return value === undefined ? rest : { ...rest, [name]: value }
}

/** Entries whose name the workflow still has; a renamed parameter must not fail the run. */
function own<T>(record: Record<string, T>, known: object = {}): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => Object.hasOwn(known, name)))
}

function missingNames(workflow: WorkflowFile, values: Run['parameters'], inputs: Record<string, string>): string[] {
  const parameters = Object.entries(workflow.parameters ?? {}).filter(
    ([name, parameter]) => checkValue(parameter, values[name] ?? parameter.default) !== undefined,
  )
  const sources = Object.entries(workflow.inputs ?? {}).filter(([name, input]) => !inputs[name] && !input.default)
  return [...parameters, ...sources].map(([name]) => name)
}

const newKey = (): string => `canvas-${crypto.randomUUID()}`
