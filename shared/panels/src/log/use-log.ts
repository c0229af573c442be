import { useEffect, useState, useSyncExternalStore } from 'react'
import { useHost } from '../ui/host-context.ts'
import { LogReader, type LogTarget } from './log-reader.ts'

/** A reader of a log, opened at its end; renewed when the target changes or the connection comes back. */
export function useLog(target: LogTarget): LogReader {
  const { client } = useHost()
  const [reader, setReader] = useState(() => new LogReader(client, target))
  const key = JSON.stringify(target)
  useEffect(() => {
    const next = new LogReader(client, JSON.parse(key) as LogTarget)
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
  }, [client, key])
  useSyncExternalStore(reader.subscribe, () => reader.revision)
  return reader
}
