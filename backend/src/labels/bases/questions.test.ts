import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Bases } from './bases.ts'
import { TryBases } from './testing/try-bases.ts'

let t: TryBases

beforeEach(async () => {
  t = await TryBases.make()
})
afterEach(() => t.store.close())

test('references are found by label, text and origin; suspects come first where asked for', async () => {
  await t.accept('GET /a%20b', ['web', 'probe'])
  await t.accept('GET /axxxb', ['web', 'other'])
  await t.accept('logon', ['host'])
  const list = async (filter: Parameters<Bases['listReferences']>[1]) =>
    (await t.bases.listReferences('alerts', filter)).references.map(({ text }) => text)
  expect(await list({ node: t.idOf('web') })).toEqual(expect.arrayContaining(['GET /a%20b', 'GET /axxxb']))
  expect(await list({ text: 'a%20' })).toEqual(['GET /a%20b'])
  expect(await list({ text: 'get' })).toHaveLength(2)
  expect(await list({ origin: 'imported' })).toEqual([])
  expect(await t.bases.listReferences('alerts', { limit: 1, offset: 2 })).toMatchObject({ total: 3, references: [{}] })
  const ids = Object.fromEntries(t.bases.references('alerts').map(({ id, text }) => [text, id]))
  t.suspicions = new Map([
    [ids.logon ?? '', { amount: 0.2, instead: ['web', 'probe'] }],
    [ids['GET /axxxb'] ?? '', { amount: 0.9, instead: ['web', 'probe'] }],
    [ids['GET /a%20b'] ?? '', { amount: -0.9, instead: ['host'] }],
  ])
  expect(await list({ order: 'suspect' })).toEqual(['GET /axxxb', 'logon'])
  expect((await t.bases.coverage('alerts', 3)).leaves).toEqual([
    { path: ['web', 'probe'], references: 1, human: 1, suspect: 0 },
    { path: ['web', 'other'], references: 1, human: 1, suspect: 1 },
    { path: ['host'], references: 1, human: 1, suspect: 1 },
  ])
})

test('the journal has every step with what was and what is, oldest first', async () => {
  const suggested = { path: ['x'], confidence: 0.7, model: 'm1', baseVersion: 3 }
  const source = { file: '/logs/a.txt', line: 4 }
  await t.bases.changes.accept('alerts', { text: 'a', path: ['x'], suggested, source }, 'ada')
  await t.edit({ kind: 'rename', node: t.idOf('x'), name: 'y' })
  const { id } = await t.bases.changes.removeReferences('alerts', [t.bases.referenceId('a')], 'bob')
  expect(t.bases.listJournal('alerts', undefined, {})).toMatchObject({
    total: 4,
    entries: [
      { text: 'x', label: true, after: ['x'], by: 'ada' },
      { text: 'a', after: ['x'], suggested, source },
      { text: 'y', label: true, before: ['x'], after: ['y'] },
      { text: 'a', before: ['y'], by: 'bob' },
    ],
  })
  expect(t.bases.listJournal('alerts', id, {})).toMatchObject({ total: 1 })
  expect(t.bases.listJournal('alerts', undefined, { offset: 3, limit: 1 }).entries).toHaveLength(1)
})

test('agreement counts the newest decision of each person that nobody took back', async () => {
  await t.accept('a', ['web', 'sql'], 'ada')
  await t.accept('a', ['web', 'os'], 'bob')
  await t.accept('b', ['web', 'sql'], 'ada')
  await t.accept('b', ['host', 'os'], 'bob')
  await t.accept('b', ['web', 'sql'], 'bob')
  await t.accept('c', ['host', 'os'], 'ada')
  const wrong = await t.accept('c', ['web', 'sql'], 'bob')
  await t.undo(wrong.id)
  const agreement = t.bases.agreement('alerts')
  expect(agreement).toMatchObject({ texts: 2, people: ['ada', 'bob'] })
  expect(agreement.levels).toMatchObject([
    { level: 'category', agree: 1 },
    { level: 'subcategory', agree: 0.5 },
  ])
  expect(agreement.conflicts).toMatchObject([
    {
      text: 'a',
      labels: [
        { by: 'ada', path: ['web', 'sql'] },
        { by: 'bob', path: ['web', 'os'] },
      ],
    },
  ])
  await t.edit({ kind: 'merge', from: t.idOf('web', 'os'), into: t.idOf('web', 'sql') })
  expect(t.bases.agreement('alerts').conflicts).toEqual([])
})
