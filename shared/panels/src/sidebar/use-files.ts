import { useCallback, useEffect, useMemo, useState } from 'react'
import { useEvents } from '../ui/use-client.ts'
import type { FileEntry } from './model.ts'

/** How a host tells which files of one kind there are. */
export interface FileList {
  list(): Promise<FileEntry[]>
  /** Calls back when a file came, went or moved. Returns the way to stop. */
  onChange(listener: () => void): () => void
}

export interface Files {
  /** Newest listing; undefined until the first one, empty without a list or when it cannot be read. */
  entries: FileEntry[] | undefined
  refresh(): void
}

const NONE: FileEntry[] = []

/**
 * Files of the workspace. Not every editor hears of files that others write (a terminal, git): they are listed again also
 * when the backend tells of a module and when the window gets the focus.
 */
export function useFiles(source: FileList | undefined): Files {
  const [entries, setEntries] = useState<FileEntry[]>()
  const [round, setRound] = useState(0)
  const refresh = useCallback(() => setRound((n) => n + 1), [])
  useEvents((event) => {
    if (event.type === 'module') refresh()
  })
  useEffect(() => {
    window.addEventListener('focus', refresh)
    const stop = source?.onChange(refresh)
    return () => {
      window.removeEventListener('focus', refresh)
      stop?.()
    }
  }, [source, refresh])
  // A new object a round: the same list is read again.
  const request = useMemo(() => ({ source, round }), [source, round])
  useEffect(() => {
    let overtaken = false
    const show = (found: FileEntry[]): void => {
      if (!overtaken) setEntries(found)
    }
    request.source?.list().then(show, () => !overtaken && setEntries((old) => old ?? NONE))
    return () => {
      overtaken = true
    }
  }, [request])
  return { entries: source ? entries : NONE, refresh }
}
