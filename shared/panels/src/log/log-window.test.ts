import type { LogChunk } from '@secxops/protocol/run'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LogWindow, MAX_LINE, MAX_TEXT } from './log-window.ts'

const chunk = (file: string, offset: number, next: number, complete = false): LogChunk => ({
  offset,
  next,
  text: file.slice(offset, next),
  size: file.length,
  complete,
})
const texts = (window: LogWindow): string[] => window.lines.map((line) => line.text)

describe('log window', () => {
  test('any reading order of pieces shows the same lines as the whole file', () => {
    const line = fc.stringMatching(/^[a-z ]{0,12}$/)
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1 }),
        fc.array(fc.nat(200), { maxLength: 12 }),
        fc.nat(100),
        (rows, cuts, begin) => {
          const file = rows.join('\n')
          const bounds = [...new Set([0, file.length, ...cuts.map((cut) => cut % (file.length + 1))])].sort(
            (a, b) => a - b,
          )
          const pieces = bounds.slice(1).map((next, i) => chunk(file, bounds[i] ?? 0, next))
          if (pieces.length === 0) return
          const from = begin % pieces.length
          const window = new LogWindow()
          const first = pieces[from]
          if (first) window.reset(first)
          for (const piece of pieces.slice(from + 1)) window.append(piece)
          for (const piece of pieces.slice(0, from).reverse()) window.prepend([piece])
          const expected = file.split('\n')
          if (expected.at(-1) === '') expected.pop()
          expect(texts(window)).toEqual(expected)
        },
      ),
    )
  })

  test('a piece that starts inside a line does not show half of it', () => {
    const file = 'first line\nsecond\nthird'
    const window = new LogWindow()
    window.reset(chunk(file, 4, file.length))
    expect(texts(window)).toEqual(['second', 'third'])
    window.prepend([chunk(file, 0, 4)])
    expect(texts(window)).toEqual(['first line', 'second', 'third'])
    expect(window.firstId).toBe(-1)
  })

  test('a line that grows stays one line', () => {
    const window = new LogWindow()
    window.reset(chunk('10%\r', 0, 4))
    const file = '10%\r90%\r100%\ndone\n'
    window.append(chunk(file, 4, file.length))
    expect(texts(window)).toEqual(['100%', 'done'])
  })

  test('pieces that do not fit are ignored', () => {
    const window = new LogWindow()
    window.reset(chunk('a\nb\nc\n', 0, 2))
    window.append(chunk('a\nb\nc\n', 4, 6))
    expect(texts(window)).toEqual(['a'])
  })

  test('memory is bounded: the oldest pieces go, and lines keep their numbers', () => {
    const row = `${'x'.repeat(99)}\n`
    const page = row.repeat(2621)
    const window = new LogWindow()
    for (let i = 0; i < 40; i++) {
      const offset = i * page.length
      window.append({ offset, next: offset + page.length, text: page, size: 40 * page.length, complete: false })
    }
    const held = window.lines.reduce((sum, line) => sum + line.text.length + 1, 0)
    expect(held).toBeLessThanOrEqual(MAX_TEXT)
    expect(window.start).toBeGreaterThan(0)
    expect(window.end).toBe(40 * page.length)
    expect(window.firstId + window.lines.length).toBe(40 * 2621)
  })

  test('a line of one megabyte is cut', () => {
    const text = 'y'.repeat(1_048_576)
    const window = new LogWindow()
    window.reset({ offset: 0, next: text.length, text: `${text}\nend`, size: text.length + 4, complete: true })
    expect(window.lines[0]?.text).toHaveLength(MAX_LINE)
    expect(window.lines[0]?.cut).toBe(1_048_576 - MAX_LINE)
    expect(window.lines[1]?.text).toBe('end')
  })

  test('a colour left on goes over to the next lines', () => {
    const window = new LogWindow()
    const file = '\u001b[31mred\nstill\u001b[0m\nplain\n'
    window.reset(chunk(file, 0, file.length))
    expect(window.lines.map((line) => line.style)).toEqual([{}, { color: 1 }, {}])
  })
})
