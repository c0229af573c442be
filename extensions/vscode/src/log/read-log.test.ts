import type { Client } from '@secxops/client/client'
import { expect, test } from 'vitest'
import { type LogText, readLog } from './read-log.ts'

const place = { run: 'r', node: 'train', attempt: 1 }

/** A log that grows by a piece with each question that waits, until the attempt ends; offsets are those of ASCII. */
function growing(pieces: string[]): { client: Client; asked: { offset: number; wait: number }[] } {
  const asked: { offset: number; wait: number }[] = []
  let text = pieces.shift() ?? ''
  const client = {
    async call(_: string, { query }: { query: { offset: number; limit: number; wait: number } }) {
      asked.push({ offset: query.offset, wait: query.wait })
      if (query.wait > 0) text += pieces.shift() ?? ''
      const piece = text.slice(query.offset, query.offset + query.limit)
      const next = query.offset + piece.length
      return {
        offset: query.offset,
        next,
        text: piece,
        size: text.length,
        complete: pieces.length === 0 && next === text.length,
      }
    },
  } as unknown as Client
  return { client, asked }
}

test('a log is told as it grows, to the end of its attempt', async () => {
  const { client, asked } = growing(['one\n', 'two\n', '', 'three\n'])
  const told: LogText[] = []
  await readLog(client, place, (log) => told.push(log), new AbortController().signal)
  expect(told).toEqual([
    { text: 'one\n', skipped: 0, complete: false },
    { text: 'one\ntwo\n', skipped: 0, complete: false },
    { text: 'one\ntwo\nthree\n', skipped: 0, complete: true },
  ])
  expect(asked.slice(1).map(({ offset }) => offset)).toEqual([0, 4, 8, 8])
})

test('of a log that is too long its end is told', async () => {
  const { client } = growing([`${'x'.repeat(9 * 1_048_576)}end`])
  const told: LogText[] = []
  await readLog(client, place, (log) => told.push(log), new AbortController().signal)
  expect(told).toHaveLength(1)
  expect(told[0]?.text.length).toBe(8 * 1_048_576)
  expect(told[0]?.text.endsWith('xend')).toBe(true)
  expect(told[0]?.skipped).toBe(1_048_576 + 3)
})
