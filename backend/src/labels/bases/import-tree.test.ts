import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTaxonomy } from '../files/taxonomy-file.ts'
import { importTree } from './import-tree.ts'
import { refusal, TryBases } from './testing/try-bases.ts'

let t: TryBases

beforeEach(async () => {
  t = await TryBases.make()
})
afterEach(() => t.store.close())

const add = async (text: string) => {
  const outline = await readTaxonomy({ text }, t.bases.taxonomy('alerts').levels)
  return t.bases.changes.change('alerts', 'ada', 'import', (writer) => importTree(writer, outline))
}

test('a file adds what the tree lacks, in its order, and undo takes it back with the levels', async () => {
  await add('levels: [family, kind]\nlabels:\n  - {name: web, labels: [sqli, xss]}\n')
  expect(t.bases.taxonomy('alerts')).toMatchObject({ levels: ['family', 'kind'], version: 1 })
  const { change, made } = await add(
    'levels: [a]\nlabels:\n  - {name: web, description: HTTP, labels: [rce, xss]}\n  - host\n',
  )
  expect(made).toMatchObject({ added: 2, unchanged: 2, warnings: ['The levels stay family, kind; the file has a.'] })
  expect(change).toMatchObject({ kind: 'import', title: 'Imported 2 labels', count: 3 })
  expect(t.leaves()).toEqual(['web/sqli', 'web/xss', 'web/rce', 'host'])
  expect(t.bases.taxonomy('alerts').nodes[0]).toMatchObject({ name: 'web', description: 'HTTP' })
  await t.undo()
  expect(t.leaves()).toEqual(['web/sqli', 'web/xss'])
  await t.undo()
  expect(t.bases.taxonomy('alerts')).toMatchObject({
    levels: ['category', 'subcategory', 'label', 'enum value'],
    nodes: [],
  })
})

test('a file that would make the tree too deep changes nothing', async () => {
  await t.accept('a', ['x'])
  const deep = Array.from({ length: 17 }, (_, i) => `${' '.repeat(i)}l${i}`).join('\n')
  expect((await refusal(add(deep))).message).toContain('a tree has 16 at most')
  expect(t.leaves()).toEqual(['x'])
})
