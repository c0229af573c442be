import { mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
import type { Preview } from '@secxops/protocol/library'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from './delimited.ts'
import { preview } from './preview.ts'

const work = mkdtempSync(join(tmpdir(), 'secxops-preview-'))
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(work, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}
const tableOf = async (path: string, rows?: number): Promise<Extract<Preview, { kind: 'table' }>> => {
  const shown = await preview(path, { rows })
  if (shown.kind !== 'table') throw new Error(JSON.stringify(shown))
  return shown
}

test('CSV: names, types, quotes, empty cells, number of rows', async () => {
  const path = file('a.csv', 'id,score,text,ok\r\n1,0.5,"a ""b"", c\nd",true\r\n2,,é,false\r\n')
  expect(await tableOf(path)).toEqual({
    kind: 'table',
    file: 'a.csv',
    columns: [
      { name: 'id', type: 'integer' },
      { name: 'score', type: 'number' },
      { name: 'text', type: 'string' },
      { name: 'ok', type: 'boolean' },
    ],
    rows: [
      ['1', '0.5', 'a "b", c\nd', 'true'],
      ['2', null, 'é', 'false'],
    ],
    total: 2,
    truncated: false,
  })
})

test.each([
  ['semicolons', 'x;y\n1,5;2\n3,5;4\n'],
  ['tabs', 'x\ty\n1\t2\n3\t4\n'],
  ['bars', 'x|y\n1|2\n3|4\n'],
])('the delimiter is found: %s', async (_, text) => {
  const table = await tableOf(file('d.csv', text))
  expect(table.columns.map(({ name }) => name)).toEqual(['x', 'y'])
  expect(table.rows).toHaveLength(2)
})

test('a table without names gets numbered columns, an index column keeps its place', async () => {
  expect((await tableOf(file('n.csv', '1,2\n3,4\n'))).columns.map(({ name }) => name)).toEqual(['column 1', 'column 2'])
  const indexed = await tableOf(file('i.csv', ',lr\n0,0.1\n'))
  expect(indexed.columns.map(({ name }) => name)).toEqual(['column 1', 'lr'])
  expect(indexed.rows).toEqual([['0', '0.1']])
})

const rows = '名称,值\n恶意网站检测数据,正常流量\n'
// What Excel writes on a Chinese Windows.
const gb18030 = Buffer.from('c3fbb3c62cd6b50ab6f1d2e2cdf8d5beb8ec2cd5fdb3a30a', 'hex')
test.each([
  ['UTF-8', Buffer.from(rows), '名称'],
  ['UTF-8 with mark', Buffer.from(`\ufeff${rows}`), '名称'],
  ['UTF-16', Buffer.from(`\ufeff${rows}`, 'utf16le'), '名称'],
  ['GB18030', gb18030, '名称'],
  ['Windows-1252', Buffer.from('pr\u00e9nom,valeur\nJos\u00e9,1\n', 'latin1'), 'prénom'],
])('text in %s is read', async (_, bytes, first) => {
  expect((await tableOf(file('t.csv', bytes))).columns[0]?.name).toBe(first)
})

test('any table survives writing and reading', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '中', ';') })
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }), (records) => {
      const text = records.map((record) => record.map(quote).join(',')).join('\n')
      expect(parse(text, ',', Number.POSITIVE_INFINITY, true)).toEqual(records)
    }),
  )
})

test('no text makes the reader loop or fail', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\t') })
  fc.assert(fc.property(text, fc.boolean(), (t, complete) => void parse(t, ',', 50, complete)))
})

test('JSON lines: columns of all keys, nested values as JSON, a broken line stays visible', async () => {
  const table = await tableOf(file('a.jsonl', '{"a":1,"b":[1,2]}\n{"a":2,"c":"x"}\nnot json\n'))
  expect(table.columns.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'value'])
  expect(table.rows).toEqual([
    [1, '[1,2]', null, null],
    [2, null, 'x', null],
    [null, null, null, 'not json'],
  ])
  expect(table.total).toBe(3)
})

test('a huge file is read only at its beginning', async () => {
  const path = file('huge.csv', `a,b\n${'1,2\n'.repeat(400_000)}`)
  truncateSync(path, 1024 ** 3)
  const table = await tableOf(path, 5)
  expect(table.rows).toHaveLength(5)
  expect(table).toMatchObject({ truncated: true })
  expect(table.total).toBeUndefined()
  const line = file('line.txt', 'x'.repeat(3_000_000))
  expect(await preview(line, {})).toMatchObject({ kind: 'text', truncated: true })
})

test('Parquet: types from its schema, rows counted by its footer', async () => {
  // Zstandard, written by PyArrow: an integer, a string, a float, a time and a list, each with an empty or odd value.
  const path = fileURLToPath(new URL('testdata/types.parquet', import.meta.url))
  const table = await tableOf(path, 2)
  expect(table.columns).toEqual([
    { name: 'i', type: 'integer' },
    { name: 's', type: 'string' },
    { name: 'f', type: 'number' },
    { name: 't', type: 'timestamp' },
    { name: 'l', type: 'list' },
  ])
  expect(table.rows).toEqual([
    [1, 'a', 0.5, '2026-01-02T00:00:00.000Z', '[1,2]'],
    [2, '中', 'NaN', '2026-01-02T00:00:00.000Z', '[]'],
  ])
  expect(table).toMatchObject({ total: 3, truncated: true })
})

test('what is no table says why', async () => {
  expect(await preview(file('x.bin', deflateSync(Buffer.from('binary '.repeat(100)))), {})).toMatchObject({
    kind: 'none',
  })
  expect(await preview(file('m.pkl', 'cos\nsystem'), {})).toMatchObject({ kind: 'none', reason: /can run code/ })
  expect(await preview(file('broken.parquet', 'no parquet at all'), {})).toMatchObject({
    kind: 'none',
    reason: /parquet/,
  })
  expect(await preview(file('empty.csv', ''), {})).toMatchObject({ kind: 'table', rows: [], total: 0 })
  expect(await preview(file('r.md', '# hi <script>'), {})).toMatchObject({ kind: 'text', text: '# hi <script>' })
})

test('in a folder a table is chosen first, and only files inside can be asked for', async () => {
  const folder = dirname(file('set/sub/data.csv', 'a,b\n1,2\n'))
  file('set/README.md', 'about')
  file('secret.txt', 'secret')
  symlinkSync('../../secret.txt', join(folder, 'link.txt'))
  const root = join(work, 'set')
  expect(await preview(root, {})).toMatchObject({ kind: 'table', file: 'sub/data.csv' })
  expect(await preview(root, { file: 'README.md' })).toMatchObject({ kind: 'text', text: 'about' })
  for (const outside of ['../secret.txt', 'sub/link.txt', '..'])
    await expect(preview(root, { file: outside })).rejects.toMatchObject({ body: { code: 'path-outside' } })
  await expect(preview(root, { file: 'absent.csv' })).rejects.toMatchObject({ body: { code: 'no-such-file' } })
})
