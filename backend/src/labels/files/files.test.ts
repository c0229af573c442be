import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_LEVELS } from '@secxops/protocol/label-words'
import type { TextsIn } from '@secxops/protocol/labels'
import { describe, expect, test } from 'vitest'
import { readReferences } from './reference-rows.ts'
import { readTexts } from './texts.ts'

const folder = mkdtempSync(join(tmpdir(), 'secxops-texts-'))
const { signal } = new AbortController()
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const row of rows) list.push(row)
  return list
}
const texts = (path: string, where: TextsIn = {}) => all(readTexts(path, where, signal))
const references = (path: string, levels: readonly string[] = DEFAULT_LEVELS) =>
  all(readReferences(path, levels, signal))

describe('texts of a file', () => {
  test('a log gives each line, counted from 1, without line ends and byte-order mark', async () => {
    expect(await texts(file('a.log', '\uFEFFone\r\n\ntwo'))).toEqual([
      { line: 1, text: 'one' },
      { line: 2, skipped: 'no-text' },
      { line: 3, text: 'two' },
    ])
  })

  test('a pattern takes its first group and leaves out lines without it', async () => {
    const path = file('b.log', 'ts=1 msg="login failed"\nts=2\n')
    expect(await texts(path, { pattern: 'msg="([^"]*)"' })).toEqual([
      { line: 1, text: 'login failed' },
      { line: 2, skipped: 'no-match' },
    ])
  })

  test('a pattern that makes other engines hang costs no more than the text', async () => {
    const path = file('c.log', `${'a'.repeat(50_000)}b\n`)
    expect(await texts(path, { pattern: '(a+)+$' })).toEqual([{ line: 1, skipped: 'no-match' }])
  })

  test('a pattern that is none is refused with the reason', async () => {
    await expect(texts(file('d.log', 'x\n'), { pattern: '(' })).rejects.toThrow(/pattern "\(" is not understood/)
  })

  test('cells with line ends, quotes and another delimiter keep their line', async () => {
    const path = file('e.csv', 'id;text\n1;"a\n""b"""\n2;c, d\n3;\n')
    expect(await texts(path)).toEqual([
      { line: 2, text: 'a\n"b"' },
      { line: 4, text: 'c, d' },
      { line: 5, skipped: 'no-text' },
    ])
  })

  test('a column that is not there is refused, naming those that are', async () => {
    await expect(texts(file('f.csv', 'id,message\n1,x\n'), { column: 'mesage' })).rejects.toThrow(
      /no column "mesage"\. Did you mean "message"\? It has: id, message\./,
    )
  })

  test('JSON Lines: a broken line is counted, the others are read', async () => {
    expect(await texts(file('g.jsonl', '{"text":"x"}\n{"te\n[1]\n{"text":7}\n'))).toEqual([
      { line: 1, text: 'x' },
      { line: 2, skipped: 'not-read' },
      { line: 3, skipped: 'not-read' },
      { line: 4, text: '7' },
    ])
  })

  test('one line of 20 MB costs no more than its beginning', async () => {
    const [first, ...rest] = await texts(file('h.log', 'x'.repeat(20_000_000)))
    expect([first?.text?.length, rest]).toEqual([100_000, []])
  })

  test('a binary file, a folder and a missing file are refused in words', async () => {
    await expect(texts(file('i.log', Uint8Array.of(0x7f, 0x45, 0, 0)))).rejects.toThrow(/is a binary file/)
    await expect(texts(folder)).rejects.toThrow(/is a folder/)
    await expect(texts(join(folder, 'none.log'))).rejects.toThrow(/cannot be read \(ENOENT\)/)
  })
})

describe('references of a file', () => {
  test('text and path, or the fields of a result', async () => {
    const path = file(
      'r.jsonl',
      [
        { text: 'x', path: ['a', 'b'] },
        { text: 'y', category: 'a', subcategory: 'b', source: { label: 'c', enum_value: 'd' }, confidence: 0.5 },
        { text: ' ', path: ['a'] },
        { text: 'z', path: [] },
        { text: 'z', path: ['a', 7] },
      ]
        .map((row) => JSON.stringify(row))
        .join('\n'),
    )
    expect(await references(path)).toEqual([
      { line: 1, text: 'x', path: ['a', 'b'] },
      { line: 2, text: 'y', path: ['a', 'b', 'c', 'd'] },
      { line: 3, skipped: 'no-text' },
      { line: 4, skipped: 'no-path' },
      { line: 5, skipped: 'no-path' },
    ])
  })

  test('a table has one column a level; empty ones end the path', async () => {
    const path = file('r.csv', 'text,Tactic,Technique\nx,a,b\ny,a,\n')
    expect(await references(path, ['tactic', 'technique'])).toEqual([
      { line: 2, text: 'x', path: ['a', 'b'] },
      { line: 3, text: 'y', path: ['a'] },
    ])
    const result = file('s.csv', 'text,category,subcategory,source_label,source_enum_value\nx,a,b,c,d\n')
    expect(await references(result)).toEqual([{ line: 2, text: 'x', path: ['a', 'b', 'c', 'd'] }])
  })

  test('a file without labels is refused, naming what it has and what it needs', async () => {
    await expect(references(file('t.csv', 'text,size\nx,1\n'), ['kind'])).rejects.toThrow(
      /\(kind\)\. It has: text, size/,
    )
    await expect(references(file('t.txt', 'x\n'))).rejects.toThrow(/JSON Lines \(\.jsonl\), CSV or TSV/)
  })
})
