import type { TaxonomyEdit } from '@secxops/protocol/labels'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal, TryBases } from './testing/try-bases.ts'

let t: TryBases

beforeEach(async () => {
  t = await TryBases.make()
})
afterEach(() => t.store.close())

test('labels are renamed, moved, merged, split and removed with their references', async () => {
  await t.accept('a', ['web', 'sqli'])
  await t.accept('b', ['web', 'injection', 'sql'])
  await t.accept('c', ['web', 'injection', 'os'])
  await t.accept('d', ['host', 'os'])
  await t.edit(
    { kind: 'rename', node: t.idOf('host'), name: 'endpoint' },
    { kind: 'describe', node: t.idOf('web'), description: 'HTTP' },
  )
  expect(t.labelled().d).toBe('endpoint/os')
  const merged = await t.edit({ kind: 'merge', from: t.idOf('endpoint'), into: t.idOf('web', 'injection') })
  expect(merged.title).toBe('Merged endpoint into web › injection')
  expect(t.labelled()).toEqual({ a: 'web/sqli', b: 'web/injection/sql', c: 'web/injection/os', d: 'web/injection/os' })
  const inOs = t.bases
    .references('alerts')
    .filter(({ text }) => text === 'd')
    .map(({ id }) => id)
  await t.edit({ kind: 'split', node: t.idOf('web', 'injection', 'os'), name: 'shell', references: inOs })
  expect(t.labelled().d).toBe('web/injection/shell')
  await t.edit({ kind: 'move', node: t.idOf('web', 'injection'), before: t.idOf('web') })
  expect(t.leaves()).toEqual(['injection/sql', 'injection/os', 'injection/shell', 'web/sqli'])
  expect(await refusal(t.edit({ kind: 'remove', node: t.idOf('injection') }))).toMatchObject({
    code: 'conflict',
    message: '3 reference(s) stand under injection. Remove them with it, or merge it into another label.',
  })
  await t.edit({ kind: 'remove', node: t.idOf('injection'), references: true })
  expect(t.labelled()).toEqual({ a: 'web/sqli' })
  for (let i = 0; i < 5; i++) await t.undo()
  expect(t.leaves()).toEqual(['web/sqli', 'web/injection/sql', 'web/injection/os', 'host/os'])
  expect(t.labelled().d).toBe('host/os')
})

test('a child that has the name of what it is merged out of takes its place', async () => {
  await t.accept('a', ['web', 'sql', 'sql'])
  await t.edit({ kind: 'merge', from: t.idOf('web', 'sql'), into: t.idOf('web') })
  expect(t.labelled()).toEqual({ a: 'web/sql' })
})

test('labels keep the order that they were put in, however often', async () => {
  await t.edit(...['z', 'y'].map((name) => ({ kind: 'add' as const, name })))
  for (let i = 0; i < 60; i++) {
    await t.edit({ kind: 'add', name: `n${i}` })
    await t.edit({ kind: 'move', node: t.idOf(`n${i}`), before: t.idOf('y') })
  }
  expect(t.leaves()).toEqual(['z', ...Array.from({ length: 60 }, (_, i) => `n${i}`), 'y'])
})

test.each<[string, (ids: { web: number; sql: number }) => TaxonomyEdit, string]>([
  ['a move under itself', ({ web, sql }) => ({ kind: 'move', node: web, parent: sql }), 'cycle'],
  ['a merge into what stands below', ({ web, sql }) => ({ kind: 'merge', from: web, into: sql }), 'cycle'],
  ['a twin', ({ web }) => ({ kind: 'add', parent: web, name: 's\u200bql' }), 'conflict'],
  ['a twin in another width', ({ web }) => ({ kind: 'add', parent: web, name: 'ｓｑｌ' }), 'conflict'],
  ['a name that is not seen', () => ({ kind: 'add', name: ' \u200b ' }), 'bad-name'],
  ['a control character', () => ({ kind: 'add', name: 'a\u001fb' }), 'bad-name'],
  ['an unknown label', () => ({ kind: 'rename', node: 99, name: 'a' }), 'not-found'],
])('%s is refused, and none of the edits beside it is made', async (_, wrong, code) => {
  await t.accept('a', ['web', 'sql'])
  const before = JSON.stringify(t.bases.taxonomy('alerts'))
  const result = await refusal(
    t.edit({ kind: 'add', name: 'new' }, wrong({ web: t.idOf('web'), sql: t.idOf('web', 'sql') })),
  )
  expect(result.code).toBe(code)
  expect(result.message).toMatch(/^Edit 2 of 2: .* None was made\.$/)
  expect(JSON.stringify(t.bases.taxonomy('alerts'))).toBe(before)
})

test('edits for another version of the tree are refused', async () => {
  await t.accept('a', ['web'])
  expect(await refusal(t.bases.changes.editTree('alerts', 0, [{ kind: 'add', name: 'x' }], 'ada'))).toMatchObject({
    code: 'conflict',
    message: 'The tree of alerts was changed meanwhile: it has version 1, the edits were made for 0. Read it again.',
  })
})

test('a tree deeper than 16 levels is refused, also by moving', async () => {
  const deep = Array.from({ length: 16 }, (_, i) => `level ${i}`)
  await t.accept('a', deep)
  expect((await refusal(t.accept('b', [...deep, 'more']))).code).toBe('bad-name')
  await t.edit({ kind: 'add', name: 'top' })
  expect((await refusal(t.edit({ kind: 'move', node: t.idOf('level 0'), parent: t.idOf('top') }))).message).toContain(
    'more than 16 levels',
  )
})
