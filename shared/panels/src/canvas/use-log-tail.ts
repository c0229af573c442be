import { useEffect, useState } from 'react'
import { useHost } from '../ui/host-context.ts'

const TAIL_BYTES = 4096
const TAIL_LINES = 12
const WAIT_SECONDS = 20
const PAUSE_MS = 2000

/**
 * Last lines of an attempt's log, kept current by long polls while it runs; undefined until it could be read. Escape sequences are
 * taken out; text is never markup.
 */
export function useLogTail(runId: string, node: string, attempt: number): string[] | undefined {
  const { client } = useHost()
  const [lines, setLines] = useState<string[]>()
  useEffect(() => {
    const abort = new AbortController()
    const params = { id: runId, node, attempt }
    const follow = async (): Promise<void> => {
      const { size } = await client.call('runs.log', { params, query: { offset: 0, limit: 1 } }, abort)
      let offset = Math.max(0, size - TAIL_BYTES)
      let text = ''
      while (!abort.signal.aborted) {
        const chunk = await client.call(
          'runs.log',
          { params, query: { offset, limit: 65_536, wait: WAIT_SECONDS } },
          abort,
        )
        text = (text + chunk.text).slice(-TAIL_BYTES)
        offset = chunk.next
        setLines(lastLines(text))
        if (chunk.complete) return
      }
    }
    const keep = (): void => {
      follow().catch(() => {
        // The backend is away or the log is not there yet; the banner tells the first.
        if (!abort.signal.aborted) setTimeout(() => !abort.signal.aborted && keep(), PAUSE_MS)
      })
    }
    keep()
    return () => abort.abort()
  }, [client, runId, node, attempt])
  return lines
}

const ESCAPES = new RegExp(
  `${String.fromCharCode(27)}(\\[[0-9;?]*[ -/]*[@-~]|\\][^${String.fromCharCode(7)}]*${String.fromCharCode(7)}|.)`,
  'g',
)

/** Last lines as they would stand on a terminal: a progress bar that rewrites its line shows its last state only. */
export function lastLines(text: string): string[] {
  const lines = text.replace(ESCAPES, '').split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.slice(-TAIL_LINES).map((line) => line.replace(/\r$/, '').split('\r').at(-1) ?? '')
}
