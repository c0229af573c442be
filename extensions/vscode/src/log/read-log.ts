import type { Client } from '@secxops/client/client'
import type { LogPlace } from './log-uri.ts'

/** Bytes asked for at a time, and seconds the backend holds an answer when there is nothing new. */
const PIECE = 1_048_576
const WAIT = 20
/** Bytes of a log that are shown; of a longer one the end. */
export const MOST = 8 * PIECE

export interface LogText {
  text: string
  /** Bytes before the text that are left out. */
  skipped: number
  complete: boolean
}

/**
 * Reads the log of an attempt by offset and tells its text: once it is read to its end now, and whenever more came, until the
 * attempt has ended or `signal` is aborted. Only the last {@link MOST} bytes are kept.
 */
export async function readLog(
  client: Client,
  { run, node, attempt }: LogPlace,
  tell: (log: LogText) => void,
  signal: AbortSignal,
): Promise<void> {
  const params = { id: run, node, attempt }
  const ask = (offset: number, limit: number, wait: number) =>
    client.call('runs.log', { params, query: { offset, limit, wait } }, { signal })
  const { size } = await ask(0, 1, 0)
  let skipped = Math.max(0, size - MOST)
  let offset = skipped
  let text = ''
  let atEnd = false
  for (;;) {
    const chunk = await ask(offset, PIECE, atEnd ? WAIT : 0)
    const news = chunk.text !== '' || !atEnd || chunk.complete
    text += chunk.text
    offset = chunk.next
    if (text.length > 2 * MOST) {
      skipped += text.length - MOST
      text = text.slice(-MOST)
    }
    atEnd = chunk.next >= chunk.size
    if (atEnd && news) tell({ text, skipped, complete: chunk.complete })
    if (chunk.complete) return
  }
}
