import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLines, readLog, tailOf } from './log.ts'

const signal = new AbortController().signal
const file = (content: string | Buffer): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'secxops-log-')), 'log')
  writeFileSync(path, content)
  return path
}
const ended = () => true
const running = () => false

test('a log read in pieces of any size is the whole text, no character split', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      async (text, limit) => {
        const path = file(text.toWellFormed())
        let read = ''
        for (let offset = 0; ; ) {
          const piece = await readLog(path, { offset, limit }, ended, [], signal)
          expect(piece.text).not.toContain(text.includes('\ufffd') ? '\0never' : '\ufffd')
          read += piece.text
          if (piece.complete) break
          expect(piece.next).toBeGreaterThan(offset)
          offset = piece.next
        }
        expect(read).toBe(text.toWellFormed())
      },
    ),
  )
})

test('half a character is held back while the command runs and shown as broken once it has ended', async () => {
  const path = file(Buffer.from([0x61, 0xe6, 0x95]))
  expect(await readLog(path, {}, running, [], signal)).toMatchObject({ text: 'a', next: 1, size: 3, complete: false })
  expect(await readLog(path, { offset: 1 }, ended, [], signal)).toMatchObject({
    next: 3,
    complete: true,
    text: '\ufffd',
  })
})

test('waiting ends when there is more, and when the attempt ends', async () => {
  const path = file('one\n')
  let over = false
  const more = readLog(path, { offset: 4, wait: 20 }, () => over, [], signal)
  appendFileSync(path, 'two\n')
  expect(await more).toMatchObject({ text: 'two\n', next: 8 })
  const last = readLog(path, { offset: 8, wait: 20 }, () => over, [], signal)
  over = true
  expect(await last).toMatchObject({ text: '', next: 8, complete: true })
})

test('a secret is hidden wherever pieces are cut, and offsets stay', async () => {
  const path = file('token=geheim123 done')
  for (let cut = 1; cut < 20; cut++) {
    const first = await readLog(path, { limit: cut }, ended, ['geheim123'], signal)
    const second = await readLog(path, { offset: first.next }, ended, ['geheim123'], signal)
    expect(first.text + second.text).toBe('token=********* done')
  }
})

test('lines come whole; a half line waits', async () => {
  const path = file('{"a":1}\n{"b"')
  expect(await readLines(path, {}, running, signal)).toEqual({ lines: ['{"a":1}'], next: 8, complete: false })
  expect(await readLines(path, { offset: 8 }, ended, signal)).toEqual({ lines: ['{"b"'], next: 12, complete: true })
})

test('a log that is not there yet is empty, and the tail is the last lines', async () => {
  expect(await readLog('/no/such/log', {}, ended, [], signal)).toMatchObject({ text: '', size: 0, complete: true })
  expect(await tailOf(file(Array.from({ length: 100 }, (_, i) => `${i}\n`).join('')))).toEqual(
    Array.from({ length: 40 }, (_, i) => String(60 + i)),
  )
})
