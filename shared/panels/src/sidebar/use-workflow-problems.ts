import type { Client } from '@secxops/client/client'
import type { Problem } from '@secxops/protocol/errors'
import { useEffect, useMemo, useState } from 'react'
import { errorBody } from '../ui/error-body.ts'
import { useHost } from '../ui/host-context.ts'
import type { FileEntry } from './model.ts'

/** Workflow files that are checked; with more in one folder the rest is told when it is opened. */
const CHECKED = 100
const NONE: readonly FileEntry[] = []

/**
 * Errors of the workflow files that cannot run as they are, by path. Checked anew with every listing and when a module was
 * saved, one after the other, so that a long list does not keep the backend from other work.
 */
export function useWorkflowProblems(entries: readonly FileEntry[] = NONE): ReadonlyMap<string, Problem[]> {
  const { client } = useHost()
  const [found, setFound] = useState<ReadonlyMap<string, Problem[]>>(new Map())
  const [round, setRound] = useState(0)
  useEffect(() => {
    const again = (): void => setRound((n) => n + 1)
    return client.subscribe({
      event: (event) => event.type === 'module' && again(),
      connection: (_, fresh) => fresh && again(),
    })
  }, [client])
  // A new object a round: the same entries are checked again.
  const request = useMemo(() => ({ entries, round }), [entries, round])
  useEffect(() => {
    const abort = new AbortController()
    void check(client, request.entries.slice(0, CHECKED), abort.signal).then((broken) => broken && setFound(broken))
    return () => abort.abort()
  }, [client, request])
  return found
}

/** Undefined when it was given up, or the backend does not answer: then nothing is known of any file. */
async function check(
  client: Client,
  entries: readonly FileEntry[],
  signal: AbortSignal,
): Promise<Map<string, Problem[]> | undefined> {
  const broken = new Map<string, Problem[]>()
  for (const { path } of entries) {
    let problems: Problem[]
    try {
      problems = (await client.call('workflows.check', { body: { path } }, { signal })).problems
    } catch (error) {
      const body = errorBody(error)
      if (signal.aborted || body.code === 'unavailable') return undefined
      problems = [{ ...body, severity: 'error' }]
    }
    if (signal.aborted) return undefined
    const errors = problems.filter(({ severity }) => severity === 'error')
    if (errors.length > 0) broken.set(path, errors)
  }
  return broken
}
