import { afterEach, beforeEach, expect, test } from 'vitest'
import { TryBases } from './testing/try-bases.ts'

let t: TryBases

beforeEach(async () => {
  t = await TryBases.make()
})
afterEach(() => t.store.close())

const FILE = '/logs/proxy.log'
const accept = (text: string, path: string[], line: number, file = FILE, confidence?: number) =>
  t.bases.changes.accept(
    'alerts',
    {
      text,
      path,
      source: { file, line },
      ...(confidence === undefined ? {} : { suggested: { path, confidence, model: 'm', baseVersion: 1 } }),
    },
    'ada',
  )

test('the labels of a file are those that stand now, each with the change that undo takes back', async () => {
  const first = await accept('GET  /a', ['web', 'probe'], 3, FILE, 0.8)
  await accept('GET /b', ['mail'], 9, '/logs/other.log')
  const second = await accept('GET /c', ['web', 'scan'], 5)
  expect(t.bases.labelled(FILE)).toMatchObject([
    { base: 'alerts', text: 'GET /c', path: ['web', 'scan'], line: 5, by: 'ada', change: second.id },
    { base: 'alerts', text: 'GET /a', path: ['web', 'probe'], line: 3, change: first.id, confidence: 0.8 },
  ])
  const edited = await accept('GET /a', ['web', 'scan'], 3)
  expect(t.bases.labelled(FILE)[0]).toMatchObject({ text: 'GET /a', path: ['web', 'scan'], change: edited.id })
  await t.undo(edited.id)
  expect(t.bases.labelled(FILE).map(({ path }) => path.join('/'))).toEqual(['web/probe', 'web/scan'])
  await t.undo(second.id)
  await t.undo(first.id)
  expect(t.bases.labelled(FILE)).toEqual([])
})
