import type { ResolvedModule, WorkflowCheck } from '@secxops/protocol/api'
import type { ErrorBody, Problem } from '@secxops/protocol/errors'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import { useEffect, useMemo, useState } from 'react'
import type { WorkflowDocumentState } from '../host.ts'
import { errorBody } from '../ui/error-body.ts'
import { useHost } from '../ui/host-context.ts'

const DELAY_MS = 200

export interface Check {
  problems: Problem[]
  /** By node id; modules of earlier answers stay known while a newer one is awaited. */
  modules: Record<string, ResolvedModule>
  /** True when the answer belongs to the text as it is now. */
  current: boolean
  /** True until the backend has answered, or failed to, for the first time: no module can be known yet. */
  awaited: boolean
  /** Why the backend could not check; not told while there is none, which has a banner of its own. */
  error?: ErrorBody
}

/** Asks the backend about the document 200 ms after its last change, and again when modules or the connection change. */
export function useCheck(state: WorkflowDocumentState): Check {
  const { client } = useHost()
  const { path, text, broken } = state
  const [answer, setAnswer] = useState<{ text: string; check: WorkflowCheck }>()
  const [error, setError] = useState<ErrorBody>()
  const [round, setRound] = useState(0)

  useEffect(
    () =>
      client.subscribe({
        event: (event) => (event.type === 'module' || event.type === 'library') && setRound((n) => n + 1),
        connection: (_, fresh) => fresh && setRound((n) => n + 1),
      }),
    [client],
  )
  // A module file beside the workflow may have been edited in another tab meanwhile.
  useEffect(() => {
    const again = (): void => setRound((n) => n + 1)
    window.addEventListener('focus', again)
    return () => window.removeEventListener('focus', again)
  }, [])
  const first = answer === undefined
  // A new object a round: the same text is asked about again.
  const question = useMemo(() => ({ path, text, round }), [path, text, round])
  useEffect(() => {
    if (broken) return
    const { path, text } = question
    const abort = new AbortController()
    const timer = setTimeout(
      () => {
        client.call('workflows.check', { body: { path, text } }, { signal: abort.signal }).then(
          (check) => {
            if (abort.signal.aborted) return
            setAnswer({ text, check })
            setError(undefined)
          },
          (failure) => !abort.signal.aborted && setError(errorBody(failure)),
        )
      },
      first ? 0 : DELAY_MS,
    )
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [client, question, broken, first])

  const modules = useMemo(() => knownModules(state.workflow, answer?.check.modules), [state.workflow, answer])
  return {
    problems: broken ? state.problems : (answer?.check.problems ?? state.problems),
    modules,
    current: answer?.text === text,
    awaited: !broken && answer === undefined && error === undefined,
    ...(error && error.code !== 'unavailable' && client.connection.state !== 'lost' ? { error } : {}),
  }
}

/** Modules by node; a node that is new or renamed takes what is known of its reference, so that its ports show at once. */
function knownModules(workflow: WorkflowFile, answer: WorkflowCheck['modules'] = {}): Record<string, ResolvedModule> {
  const byRef = new Map(Object.values(answer).map((module) => [module.ref, module]))
  const modules: Record<string, ResolvedModule> = {}
  for (const [id, { module: ref }] of Object.entries(workflow.nodes)) {
    const module = answer[id]?.ref === ref ? answer[id] : byRef.get(ref)
    if (module) modules[id] = module
  }
  return modules
}
