import { useEffect, useState, useSyncExternalStore } from 'react'
import { useHost } from '../ui/host-context.ts'
import { LogReader, type LogTarget } from './log-reader.ts'

/** A reader of one attempt's log, opened at its end; renewed when the target changes or the connection comes back. */
export function useLog({ runId, nodeId, attempt }: LogTarget): LogReader {
  const { client } = useHost()
  const [reader, setReader] = useState(() => new LogReader(client, { runId, nodeId, attempt }))
  useEffect(() => {
    const next = new LogReader(client, { runId, nodeId, attempt })
    setReader(next)
    void next.openEnd()
    const stop = client.subscribe({
      connection: (_, fresh) => {
        if (fresh) next.resume()
      },
    })
    return () => {
      stop()
      next.dispose()
    }
  }, [client, runId, nodeId, attempt])
  useSyncExternalStore(reader.subscribe, () => reader.revision)
  return reader
}
