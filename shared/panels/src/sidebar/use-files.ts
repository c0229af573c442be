import { useEffect, useState } from 'react'
import type { FileEntry } from './model.ts'

/** How a host tells which files of one kind there are. */
export interface FileList {
  list(): Promise<FileEntry[]>
  /** Calls back when a file came, went or moved. Returns the way to stop. */
  onChange(listener: () => void): () => void
}

/** Files of the workspace, newest listing; empty without a list or when it cannot be read. */
export function useFiles(source: FileList | undefined): FileEntry[] {
  const [entries, setEntries] = useState<FileEntry[]>([])
  useEffect(() => {
    if (!source) return
    let newest = 0
    const read = (): void => {
      const mine = ++newest
      source.list().then(
        (found) => mine === newest && setEntries(found),
        () => undefined,
      )
    }
    read()
    const stop = source.onChange(read)
    return () => {
      newest = -1
      stop()
    }
  }, [source])
  return entries
}
