import type { LogChunk } from '@secxops/protocol/run'

/** Bytes asked for at a time, and seconds the daemon holds an answer when there is nothing new. */
const PIECE = 1_048_576
const WAIT = 20

/**
 * Reads a log from its beginning and writes it to stdout as it comes, or with `json` gathers its text. `follow` goes on to its end.
 * `complete`: nothing will follow.
 */
export async function copyLog(
  read: (query: { offset: number; limit: number; wait: number }) => Promise<LogChunk>,
  { follow, json }: { follow?: boolean; json?: boolean },
): Promise<{ text: string; complete: boolean }> {
  let offset = 0
  let text = ''
  for (;;) {
    const chunk = await read({ offset, limit: PIECE, wait: follow ? WAIT : 0 })
    offset = chunk.next
    if (json) text += chunk.text
    else await write(chunk.text)
    if (chunk.complete || (!follow && chunk.next >= chunk.size)) return { text, complete: chunk.complete }
  }
}

/** A slow reader slows the reading down, so that a log never piles up in memory. */
const write = (text: string): Promise<void> => new Promise((resolve) => process.stdout.write(text, () => resolve()))
