import type { Run, RunNode } from '@secxops/protocol/run'
import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { useHost } from '../ui/host-context.ts'
import { RunStore } from './run-store.ts'

export const RunStoreContext = createContext(new RunStore())

/** Keeps a store at the newest run of a workflow file: read once, then by events, and afresh after a gap. */
export function useRunStore(path: string): RunStore {
  const { client } = useHost()
  const [store] = useState(() => new RunStore())
  useEffect(() => {
    const abort = new AbortController()
    const read = async (id?: string): Promise<void> => {
      try {
        const newest = id ?? (await client.call('runs.list', { query: { path, limit: 1 } }, abort))[0]?.id
        const run = newest ? await client.call('runs.get', { params: { id: newest } }, abort) : undefined
        if (!abort.signal.aborted) store.replace(run)
      } catch {
        // The connection banner tells; the overlay stays as it was and is read again when the backend is back.
      }
    }
    void read()
    const stop = client.subscribe({
      event(event) {
        if (event.type === 'node') store.applyNode(event.runId, event.seq, event.node)
        else if (event.type === 'run' && event.run.path === path) {
          const shown = store.run()
          if (shown?.id === event.run.id) {
            store.applySummary(event.run)
            // A Continue, perhaps by somebody else, gives the run another text.
            if (event.run.continuedAt !== shown.continuedAt) void read(event.run.id)
          } else if (!shown || event.run.createdAt >= shown.createdAt) void read(event.run.id)
        }
      },
      connection: (_, fresh) => fresh && void read(),
    })
    return () => {
      abort.abort()
      stop()
    }
  }, [client, path, store])
  return store
}

/** The run that the canvas overlays; draws again on each news of it. */
export function useRun(): Run | undefined {
  const store = useContext(RunStoreContext)
  return useSyncExternalStore(store.subscribe, store.run)
}

/** Whether it is known if the workflow has a run. */
export function useRunKnown(): boolean {
  const store = useContext(RunStoreContext)
  return useSyncExternalStore(store.subscribe, store.known)
}

/** Live state of one node; draws again only on its own news. */
export function useRunNode(id: string): RunNode | undefined {
  const store = useContext(RunStoreContext)
  const subscribe = useCallback((listener: () => void) => store.subscribeNode(id, listener), [store, id])
  return useSyncExternalStore(subscribe, () => store.node(id))
}
