import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_LEVELS, TAXONOMY_FORMATS } from '@secxops/protocol/label-words'
import type { TaxonomyFormat, TaxonomyNode } from '@secxops/protocol/labels'
import { TaxonomyFile } from '@secxops/protocol/taxonomy-file'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameFault, nameKey } from '../bases/label-name.ts'
import { refusal } from '../bases/testing/try-bases.ts'
import { readTaxonomy } from './taxonomy-file.ts'
import type { Outline } from './taxonomy-outline.ts'
import { writeTaxonomy } from './taxonomy-write.ts'

const read = (text: string, format: TaxonomyFormat) => readTaxonomy({ text, format }, DEFAULT_LEVELS)

/** The labels as indented text, with their descriptions in brackets. */
function drawn({ nodes }: Outline): string {
  const depths: number[] = []
  const rows: { at: number[]; text: string }[] = []
  nodes.forEach(({ parent, name, description }, i) => {
    depths.push(parent < 0 ? 0 : (depths[parent] as number) + 1)
    const at = [...(parent < 0 ? [] : (rows[parent]?.at ?? [])), i]
    rows.push({ at, text: `${'  '.repeat(depths[i] ?? 0)}${name}${description ? ` (${description})` : ''}` })
  })
  const order = (a: number[], b: number[]): number => {
    const i = a.findIndex((value, k) => value !== b[k])
    return i < 0 ? a.length - b.length : (a[i] as number) - (b[i] ?? -1)
  }
  return rows
    .sort((a, b) => order(a.at, b.at))
    .map(({ text }) => text)
    .join('\n')
}

const TREE = `malware (Programs that do harm)
  ransomware
    LockBit
    勒索
  wiper
web
  sqli`

test.each<[string, TaxonomyFormat, string]>([
  [
    'entries with levels',
    'yaml',
    `levels: [family, kind, name]
labels:
  - name: malware
    description: Programs that do harm
    labels:
      - name: ransomware
        labels: [LockBit, 勒索]
      - wiper
  - name: web
    labels: [sqli]
`,
  ],
  [
    'nested maps',
    'yaml',
    `malware:
  description: Programs that do harm
  labels:
    ransomware: [LockBit, 勒索]
    wiper:
web:
  - sqli
`,
  ],
  [
    'nested objects',
    'json',
    `{"malware": {"description": "Programs that do harm", "children": [{"name": "ransomware", "children": ["LockBit", "\\u52d2索"]}, "wiper"]},
      "web": {"sqli": null}}`,
  ],
  [
    'labels that name their parents, in any order',
    'json',
    `[{"id": 3, "parent": 1, "name": "ransomware"}, {"id": 1, "name": "malware", "description": "Programs that do harm"},
      {"id": 4, "parent": 3, "name": "LockBit"}, {"id": 5, "parent": 3, "name": "勒索"}, {"id": 6, "parent": "1", "name": "wiper"},
      {"id": "w", "parent": null, "name": "web"}, {"id": 8, "parent": "w", "name": "sqli"}]`,
  ],
  [
    'a table with cells left empty',
    'csv',
    `Category;Subcategory;Label;Description;count
malware;;;Programs that do harm;1
;ransomware;LockBit;;2
;;勒索;;3
;wiper;;;4
web;sqli;;;5
`,
  ],
  ['indented text', 'text', 'malware\n\transomware\n\t\tLockBit\n\t\t勒索\n\n\twiper\r\nweb\n  sqli\n'],
  ['a list with marks', 'text', '- malware\n  - ransomware\n    - LockBit\n    - 勒索\n  - wiper\n- web\n  - sqli'],
])('%s: the tree is read', async (_, format, text) => {
  const outline = await read(text, format)
  expect(drawn(outline)).toBe(format === 'text' ? TREE.replace(/ \(.*\)/, '') : TREE)
})

test.each<[string, string, string[] | undefined]>([
  ['paths', '[["a", "b"], ["a", "c"], ["d"]]', undefined],
  ['rows', '[{"x": "a", "y": "b"}, {"x": "a", "y": "c"}, {"x": "d", "y": null}]', ['x', 'y']],
])('a raw list of categories as %s is a tree', async (_, text, levels) => {
  const outline = await read(text, 'json')
  expect(drawn(outline)).toBe('a\n  b\n  c\nd')
  expect(outline.levels).toEqual(levels)
  expect(outline.warnings).toEqual([])
})

test('siblings that differ only in form become one, with a warning that names the line', async () => {
  const outline = await read('web\n  Ame\u0301lie\n    x\n  Amélie\n    y\n  ｓｑｌ\n  sql\nweb', 'text')
  expect(drawn(outline)).toBe('web\n  Amélie\n    x\n    y\n  ｓｑｌ')
  expect(outline.warnings).toEqual([
    'Line 4: "Amélie" stands twice in the same place; the two became one.',
    'Line 7: "sql" and "ｓｑｌ" differ only in form; they became one.',
    'Line 8: "web" stands twice in the same place; the two became one.',
  ])
})

test('a key that stands twice in JSON or YAML loses nothing', async () => {
  expect(drawn(await read('{"a": ["x"],\n "a": ["y"]}', 'json'))).toBe('a\n  x\n  y')
  expect(drawn(await read('a: [x]\na: [y]\n', 'yaml'))).toBe('a\n  x\n  y')
})

test('characters that are not seen are kept and named', async () => {
  const { nodes, warnings } = await read('a\n\u202egnp.exe', 'text')
  expect(nodes[1]?.name).toBe('\u202egnp.exe')
  expect(warnings).toEqual(['Line 2: "<U+202E>gnp.exe" has characters that are not seen (U+202E).'])
})

test.each<[string, TaxonomyFormat, string, string, string]>([
  [
    'a ring',
    'json',
    '[{"id":1,"name":"top"},\n{"id":2,"parent":3,"name":"a"},\n{"id":3,"parent":2,"name":"b"}]',
    'cycle',
    'Line 2: These labels stand under each other in a ring: a › b › a.',
  ],
  ['a label that is its own parent', 'json', '[{"id":1,"parent":1,"name":"a"}]', 'cycle', 'a › a'],
  [
    'a parent that is missing',
    'json',
    '[{"id":1,"name":"a"},{"id":2,"parent":9,"name":"b"}]',
    'bad-request',
    'The parent "9" of "b" is not in the file.',
  ],
  ['an id twice', 'json', '[{"id":1,"name":"a"},{"id":1,"name":"b"}]', 'bad-request', 'The id "1" stands twice.'],
  [
    'a control character',
    'text',
    'a\nb\u001fc',
    'bad-name',
    'Line 2: "b<U+001F>c" cannot be a label: it has a control character. Nothing was imported.',
  ],
  ['a name that is too long', 'text', `a\n${'x'.repeat(401)}`, 'bad-name', 'it has 401 characters; 400 at most'],
  ['a gap in a row', 'csv', 'category,subcategory,label\na,,b\n', 'bad-request', 'Line 2: Column 2 is empty'],
  [
    'a first row without a beginning',
    'csv',
    'category,subcategory\n,b\n',
    'bad-request',
    'Line 2: Its first cells are empty',
  ],
  [
    'an indentation of its own',
    'text',
    'a\n    b\n  c',
    'bad-request',
    'Line 3: Its indentation is that of no line above.',
  ],
  ['tabs and spaces', 'text', 'a\n b\n\t\tc', 'bad-request', 'Line 3: It is indented by tabs'],
  [
    'broken JSON',
    'json',
    '{"a": 1,\n}',
    'bad-request',
    'Line 2: This is no JSON: expected a name in double quotes, found "}".',
  ],
  ['JSON cut off', 'json', '{"a": [1, 2', 'bad-request', 'expected "," or "]", found the end'],
  ['broken YAML', 'yaml', 'a: [1\nb: 2', 'bad-request', 'This is no YAML'],
  ['an alias', 'yaml', 'a: &x [b]\nc: *x', 'bad-request', 'Line 2: *x repeats another part.'],
  ['nothing', 'text', ' \n', 'bad-request', 'There is no label in it.'],
  ['an empty file', 'yaml', '', 'bad-request', 'There is no label in it.'],
  ['a label without a name', 'json', '[null]', 'bad-request', 'Line 1: A label has no name.'],
  ['levels that are no list', 'yaml', 'levels: 3\nlabels: [a]', 'bad-request', 'Line 1: "levels" must be a list'],
])('%s is refused in words', async (_, format, text, code, message) => {
  const body = await refusal(read(text, format))
  expect(body.code).toBe(code)
  expect(body.message).toContain(message)
})

test.each<[TaxonomyFormat, (depth: number) => string]>([
  ['json', (n) => `${'{"a":'.repeat(n)}1${'}'.repeat(n)}`],
  [
    'json',
    (n) =>
      JSON.stringify(Array.from({ length: n }, (_, i) => ({ id: i, name: `n${i}`, parent: i === 0 ? null : i - 1 }))),
  ],
  ['yaml', (n) => `${'{a: '.repeat(n)}1${'}'.repeat(n)}`],
  ['yaml', (n) => Array.from({ length: Math.min(n, 2000) }, (_, i) => `${' '.repeat(i)}a${i}:\n`).join('')],
  ['csv', (n) => `${'x,'.repeat(n)}\n${'y,'.repeat(n)}`],
  ['text', (n) => Array.from({ length: Math.min(n, 2000) }, (_, i) => `${' '.repeat(i)}a${i}\n`).join('')],
])('%s that is nested 10,000 deep is refused in words', async (format, text) => {
  const body = await refusal(read(text(10_000), format))
  expect(body.message).toMatch(/stands on level 17; a tree has 16 at most|nested deeper than 64 times/)
})

const label = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(
      '"] or true or category in ["',
      '- x',
      '# y',
      'null',
      '1e3',
      'yes',
      'a: b',
      '=1+1',
      ' ',
      '"',
      'a,b',
      'a\tb',
      '~',
    ),
  )
  .filter((name) => nameFault(name) === undefined)
  .map((name) => name.normalize('NFC').replace(/\s+/gu, ' ').trim())

test('what is written is read back as the same tree, whatever the names are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ name: label, up: fc.nat(20), description: fc.option(label, { nil: undefined }) }), {
        minLength: 1,
        maxLength: 20,
      }),
      fc.constantFrom(...TAXONOMY_FORMATS),
      async (wanted, format) => {
        const nodes: TaxonomyNode[] = []
        const depth = (node: TaxonomyNode | undefined): number =>
          node ? 1 + depth(nodes.find(({ id }) => id === node.parent)) : 0
        for (const { name, up, description } of wanted) {
          const above = nodes[up % (nodes.length + 1)]
          const parent = above && depth(above) < 6 ? above.id : undefined
          if (nodes.some((node) => node.parent === parent && nameKey(node.name) === nameKey(name))) continue
          nodes.push({
            id: nodes.length + 1,
            parent,
            name,
            description: format === 'text' ? undefined : description,
            references: 0,
          })
        }
        const text = writeTaxonomy({ levels: ['first', 'second'], nodes }, format)
        if (format === 'json') TaxonomyFile.parse(JSON.parse(text))
        const outline = await readTaxonomy({ text, format }, ['first', 'second'])
        const meant: Outline = {
          nodes: nodes.map((node) => ({
            parent: (node.parent ?? 0) - 1,
            name: node.name,
            description: node.description ?? '',
          })),
          warnings: [],
        }
        expect(drawn(outline)).toBe(drawn(meant))
      },
    ),
    { numRuns: 400 },
  )
})

test('a file is told by its extension, a text by its beginning; what is no text is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'secxops-taxonomy-'))
  const file = (name: string, bytes: string | Uint8Array) => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return readTaxonomy({ path }, DEFAULT_LEVELS)
  }
  expect(drawn(await file('a.yml', 'a:\n  - b\n'))).toBe('a\n  b')
  expect(drawn(await file('a.tsv', 'category\tlabel\na\tb\n'))).toBe('a\n  b')
  expect(drawn(await file('wide.csv', Buffer.from('\ufeffcategory,label\na,b\n', 'utf16le')))).toBe('a\n  b')
  expect(drawn(await file('bom.json', '\ufeff["a"]'))).toBe('a')
  expect((await refusal(file('a.txt', Buffer.from([0x80, 0x81, 0xff])))).message).toContain('is no UTF-8 text')
  expect((await refusal(file('b.txt', 'a\u0000b'))).message).toContain('is no UTF-8 text')
  expect((await refusal(readTaxonomy({ path: folder }, []))).message).toContain('is a folder')
  expect((await refusal(readTaxonomy({ path: join(folder, 'no.csv') }, []))).code).toBe('no-such-file')
  expect((await refusal(file('c.json', '{'))).where).toEqual({ path: join(folder, 'c.json'), line: 1 })
  const told = async (text: string) => drawn(await readTaxonomy({ text }, []))
  expect(await told('[["a", "b"]]')).toBe('a\n  b')
  expect(await told('a:\n  - b')).toBe('a\n  b')
  expect(await told('x,y\na,b')).toBe('a\n  b')
  expect(await told('a\n  b, with a comma')).toBe('a\n  b, with a comma')
})
