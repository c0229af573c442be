import { appendFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MetricTail, MOST_POINTS } from './metric-tail.ts'

const newFile = (): string => join(mkdtempSync(join(tmpdir(), 'secxops-tail-')), 'metrics.jsonl')
const line = (value: unknown, more = {}): string => `${JSON.stringify({ name: 'f1', value, ...more })}\n`

function readAll(tail: MetricTail) {
  const all = []
  for (;;) {
    const { lines, more } = tail.read()
    all.push(...lines)
    if (!more) return all
  }
}

test('a line is read once it is whole, also when it was cut inside a character', () => {
  const path = newFile()
  const tail = new MetricTail(path, 0)
  expect(tail.read()).toEqual({ lines: [], more: false })
  const bytes = Buffer.from(line(0.5, { name: '损失', step: 3, time: '2026-01-02T03:04:05.000Z' }))
  const cut = bytes.indexOf(Buffer.from('损')) + 1
  appendFileSync(path, bytes.subarray(0, cut))
  expect(readAll(tail)).toEqual([])
  appendFileSync(path, bytes.subarray(cut))
  expect(readAll(tail)).toEqual([
    { name: '损失', value: 0.5, step: 3, final: false, time: Date.parse('2026-01-02T03:04:05.000Z') },
  ])
  expect(readAll(tail)).toEqual([])
})

test('numbers that are not finite, and lines that are no metrics', () => {
  const path = newFile()
  appendFileSync(path, `${line('nan')}${line('inf')}${line('-inf')}not json\n[1]\n{"name":3,"value":1}\n${line(1)}`)
  expect(readAll(new MetricTail(path, 0)).map(({ value }) => value)).toEqual([Number.NaN, Infinity, -Infinity, 1])
})

test('a line longer than any metric, and a piece without an end of line, do not stop the reading', () => {
  const path = newFile()
  appendFileSync(path, `${line(1)}${'x'.repeat(3_000_000)}\n${line(2)}`)
  expect(readAll(new MetricTail(path, 0)).map(({ value }) => value)).toEqual([1, 2])
})

test('points that were known before a restart are not told again; results are', () => {
  const path = newFile()
  appendFileSync(path, line(1) + line(2) + line(3) + line(9, { final: true }))
  expect(readAll(new MetricTail(path, 2)).map(({ value, final }) => [value, final])).toEqual([
    [3, false],
    [9, true],
  ])
})

test('of a trial that reports without end only so much is kept, and still its result', () => {
  const path = newFile()
  const points = line(1).repeat(10_000)
  for (let i = 0; i < MOST_POINTS / 10_000; i++) appendFileSync(path, points)
  const tail = new MetricTail(path, 0)
  expect(readAll(tail)).toHaveLength(MOST_POINTS)
  expect(tail.overflowed).toBe(false)
  appendFileSync(path, points + line(7, { final: true }))
  expect(readAll(tail)).toEqual([expect.objectContaining({ value: 7, final: true })])
  expect(tail.overflowed).toBe(true)
})
