import { useEffect, useState } from 'react'
import type { WorkflowEntry } from './model.ts'

/** How a host tells which workflow files there are. */
export interface WorkflowList {
  list(): Promise<WorkflowEntry[]>
  /** Calls back when a workflow file came, went or moved. Returns the way to stop. */
  onChange(listener: () => void): () => void
}

/** Workflow files of the workspace, newest listing; empty without a list or when it cannot be read. */
export function useWorkflows(source: WorkflowList | undefined): WorkflowEntry[] {
  const [entries, setEntries] = useState<WorkflowEntry[]>([])
  useEffect(() => {
    if (!source) return
    let gone = false
    const read = (): void => {
      source.list().then(
        (found) => gone || setEntries(found),
        () => undefined,
      )
    }
    read()
    const stop = source.onChange(read)
    return () => {
      gone = true
      stop()
    }
  }, [source])
  return entries
}
