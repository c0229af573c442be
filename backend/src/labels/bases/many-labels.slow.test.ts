import type { TaxonomyFormat } from '@secxops/protocol/labels'
import { expect, test } from 'vitest'
import { readTaxonomy } from '../files/taxonomy-file.ts'
import { importTree } from './import-tree.ts'
import { TryBases } from './testing/try-bases.ts'

const GROUPS = Array.from({ length: 100 }, (_, group) => ({
  name: `group ${group}`,
  labels: Array.from({ length: 1000 }, (_, i) => `label ${group} ${i}`),
}))
const pairs = GROUPS.flatMap(({ name, labels }) => labels.map((label) => [name, label]))

const TEXTS: Record<TaxonomyFormat, string> = {
  json: JSON.stringify({ labels: GROUPS }),
  csv: `category,label\n${pairs.map((pair) => pair.join(',')).join('\n')}`,
  text: GROUPS.map(({ name, labels }) => `${name}\n${labels.map((label) => `  ${label}\n`).join('')}`).join(''),
  yaml: GROUPS.map(({ name, labels }) => `${name}:\n${labels.map((label) => `  - ${label}\n`).join('')}`).join(''),
}

test.each(Object.keys(TEXTS) as TaxonomyFormat[])('100,000 labels are read from %s', async (format) => {
  expect((await readTaxonomy({ text: TEXTS[format], format }, [])).nodes).toHaveLength(100_100)
})

test('a tree of 100,000 labels is imported, changed and taken back', async () => {
  const t = await TryBases.make()
  const outline = await readTaxonomy({ text: TEXTS.json }, [])
  await t.bases.changes.change('alerts', 'ada', 'import', (writer) => importTree(writer, outline))
  expect(t.bases.get('alerts')).toMatchObject({ leaves: 100_000, depth: 2 })
  await t.edit({ kind: 'merge', from: t.idOf('group 1'), into: t.idOf('group 2') })
  expect(t.bases.leaves('alerts')).toHaveLength(100_000)
  await t.undo()
  await t.undo()
  expect(t.bases.taxonomy('alerts').nodes).toEqual([])
  await t.store.close()
}, 300_000)
