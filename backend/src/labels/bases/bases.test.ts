import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal, TryBases } from './testing/try-bases.ts'

let t: TryBases

beforeEach(async () => {
  t = await TryBases.make()
})
afterEach(() => t.store.close())

test('an accepted text is a reference, its label is in the tree, and undo takes both back over a restart', async () => {
  const change = await t.accept('  GET /login.php?id=1\n', ['web', 'probe'])
  expect(change).toMatchObject({ kind: 'accept', count: 1, by: 'ada' })
  expect(change.title).toBe('Labelled "GET /login.php?id=1" as web › probe (a new label)')
  expect(t.labelled()).toEqual({ 'GET /login.php?id=1': 'web/probe' })
  expect(t.bases.get('alerts')).toMatchObject({
    version: 1,
    references: 1,
    leaves: 1,
    depth: 2,
    state: { state: 'ready' },
  })
  expect(t.bases.decided('alerts', 'GET  /login.php?id=1')).toMatchObject({ path: ['web', 'probe'], by: 'ada' })
  expect(t.told).toMatchObject([{ version: 1, tree: true, removed: [], added: [{ path: ['web', 'probe'], trust: 1 }] }])
  expect(t.heard.at(-1)).toEqual({ type: 'labels', base: 'alerts', version: 1 })
  await t.reopen()
  const undone = await t.undo()
  expect(undone).toMatchObject({ kind: 'undo', undoes: change.id })
  expect(t.labelled()).toEqual({})
  expect(t.leaves()).toEqual([])
  expect(t.bases.listChanges('alerts', {})[1]).toMatchObject({ id: change.id, undoneBy: undone.id })
})

test('the same word of the same person again is the same change; another label or person is a new one', async () => {
  const first = await t.accept('a', ['x', 'y'])
  expect(await t.accept(' a ', ['x', 'y'])).toEqual(first)
  expect(t.bases.version('alerts')).toBe(1)
  expect(await t.accept('a', ['x', 'z'])).toMatchObject({
    kind: 'edit',
    title: 'Labelled "a" as x › z instead of x › y (a new label)',
  })
  expect(await t.accept('a', ['x', 'z'], 'bob')).toMatchObject({ kind: 'accept', by: 'bob' })
  expect(t.bases.references('alerts')).toHaveLength(1)
  await t.undo()
  await t.undo()
  expect(t.labelled()).toEqual({ a: 'x/y' })
  expect(t.leaves()).toEqual(['x/y'])
})

test('an undo can be taken back, and that again', async () => {
  await t.accept('a', ['x'])
  const taken = await t.undo()
  const again = await t.undo(taken.id)
  expect(again.title).toBe('Put back: Labelled "a" as x (a new label)')
  expect(t.labelled()).toEqual({ a: 'x' })
  await t.undo(again.id)
  expect(t.labelled()).toEqual({})
  expect(t.bases.listChanges('alerts', {}).map(({ undoneBy }) => undoneBy !== undefined)).toEqual([
    false,
    true,
    false,
    true,
  ])
  expect(await refusal(t.undo())).toEqual({ code: 'not-found', message: 'There is nothing to take back in alerts.' })
})

test('what was changed later is not taken back behind its back: the later change is named', async () => {
  const first = await t.accept('a', ['x', 'y'])
  await t.accept('a', ['x', 'z'])
  expect(await refusal(t.undo(first.id))).toMatchObject({
    code: 'conflict',
    message: '"a" was changed later by "Labelled "a" as x › z instead of x › y (a new label)". Take that back first.',
  })
  await t.undo()
  await t.accept('b', ['x', 'y'])
  expect((await refusal(t.undo(first.id))).message).toContain('a reference still stands under it')
  expect(t.labelled()).toEqual({ a: 'x/y', b: 'x/y' })
})

test('a removed reference does not come back under a label that has gone meanwhile', async () => {
  await t.accept('a', ['x'])
  const { id } = await t.bases.changes.removeReferences('alerts', [t.bases.referenceId('a')], 'ada')
  await t.edit({ kind: 'remove', node: t.idOf('x') })
  expect((await refusal(t.undo(id))).message).toContain(
    'A reference would get a label, "x", that is no longer in the tree.',
  )
  await t.undo()
  await t.undo(id)
  expect(t.labelled()).toEqual({ a: 'x' })
})

test('a change is refused twice, and when it is of another base', async () => {
  const { id } = await t.accept('a', ['x'])
  await t.bases.catalog.create({ name: 'other' })
  expect((await refusal(t.bases.changes.undo('other', id, 'ada'))).code).toBe('not-found')
  await t.undo(id)
  expect((await refusal(t.undo(id))).message).toContain('taken back already')
})

test('hostile names are names', async () => {
  const names = [
    '"] or true or category in ["',
    "'; DROP TABLE label_nodes; --",
    '<img src=x onerror=alert(1)>',
    '\u202egnp.exe',
    '勒索软件',
    'Ame\u0301lie',
  ]
  for (const name of names) await t.accept(name, ['hostile', name])
  expect(t.leaves()).toEqual(names.map((name) => `hostile/${name.normalize('NFC')}`))
  for (const { text, path: label } of t.bases.references('alerts')) expect(label[1]).toBe(text.normalize('NFC'))
  expect((await t.accept('x', ['hostile', '\u202egnp.exe'])).title).toBe('Labelled "x" as hostile › <U+202E>gnp.exe')
})

test('a text of 10 MB is kept as far as it counts, and nothing is no text', async () => {
  await t.accept(`start ${'x'.repeat(10_000_000)}`, ['big'])
  const [kept] = t.bases.references('alerts')
  expect(kept?.text).toHaveLength(500)
  expect(t.bases.referenceId(kept?.text ?? '')).toBe(kept?.id)
  expect((await refusal(t.accept(' \n\t', ['x']))).message).toContain('no text to label')
  expect(t.leaves()).toEqual(['big'])
})

test('a text that is cut behind a space is still itself', () => {
  const text = `${'x'.repeat(499)} y`
  expect(t.bases.referenceId(text)).toBe(t.bases.referenceId('x'.repeat(499)))
})

test('the steps of a job are one change; what it wrote is taken back as a whole', async () => {
  await t.accept('a', ['x', 'y'])
  const head = { id: 'job-1', by: 'ada', kind: 'import' as const, title: 'Imported refs.jsonl' }
  const step = async (...texts: string[]): Promise<void> => {
    const labels = texts.map((text) => ({ text, path: ['x', text], origin: 'imported' as const, trust: 0.8 }))
    await t.store.write((db) => t.bases.writeIn(db, 'alerts', head, labels))
    t.bases.written('alerts')
  }
  await step('a', 'b')
  await step('c', 'b')
  expect(t.bases.listChanges('alerts', {})[0]).toMatchObject({ id: 'job-1', count: 3 })
  expect(t.labelled()).toEqual({ a: 'x/a', b: 'x/b', c: 'x/c' })
  expect(t.told.at(-1)?.added.map(({ text }) => text)).toEqual(['c'])
  await t.undo('job-1')
  expect(t.labelled()).toEqual({ a: 'x/y' })
  expect((await refusal(step('d'))).message).toContain('was taken back meanwhile')
})

test('a transaction that did not come to pass leaves nothing and tells nothing wrong', async () => {
  const write = t.store.write((db) => {
    t.bases.writeIn(db, 'alerts', { id: 'c', by: 'ada', kind: 'bulk', title: 't' }, [
      { text: 'a', path: ['x'], origin: 'human', trust: 1 },
    ])
    throw new Error('the job failed')
  })
  await expect(write).rejects.toThrow('the job failed')
  t.bases.written('alerts')
  expect(t.labelled()).toEqual({})
  expect(t.told).toMatchObject([{ version: 0, added: [] }])
})

test('a machine never takes the place of what a person or a file said', async () => {
  const write = (origin: 'generated' | 'classic' | 'imported', label: string) =>
    t.store.write((db) =>
      t.bases.writeIn(db, 'alerts', { id: `${origin}-${label}`, by: 'machine', kind: 'generate', title: 't' }, [
        { text: 'a', path: [label], origin, trust: 0.4 },
      ]),
    )
  await t.accept('a', ['person'])
  await write('classic', 'machine')
  await write('generated', 'machine')
  expect(t.labelled()).toEqual({ a: 'person' })
  await write('imported', 'file')
  await write('generated', 'machine')
  expect(t.labelled()).toEqual({ a: 'file' })
})

test('a removed base can be restored for 30 days, then it goes with all that it had', async () => {
  await t.accept('a', ['x'])
  expect((await refusal(t.bases.catalog.remove('alerts', 'yes'))).code).toBe('bad-request')
  await t.bases.catalog.remove('alerts', 'alerts')
  expect(t.heard.at(-1)).toEqual({ type: 'labels', base: 'alerts' })
  expect(t.bases.catalog.list()).toEqual([])
  expect((await refusal(t.accept('b', ['x']))).message).toContain('was removed. It can be restored until')
  expect((await refusal(t.bases.catalog.create({ name: 'alerts' }))).message).toContain(
    'Restore it, or take another name',
  )
  await t.bases.catalog.restore('alerts')
  expect(t.labelled()).toEqual({ a: 'x' })
  await t.bases.catalog.remove('alerts', 'alerts')
  expect(await t.bases.catalog.purge(new Date(Date.now() + 29 * 86_400_000))).toEqual([])
  expect(await t.bases.catalog.purge(new Date(Date.now() + 31 * 86_400_000))).toEqual(['alerts'])
  for (const table of ['label_nodes', 'label_references', 'label_changes', 'label_journal'])
    expect(t.store.db.prepare(`SELECT count(*) AS n FROM ${table}`).get()).toEqual({ n: 0 })
})

test('an unknown base is refused with the one that was meant', async () => {
  expect(() => t.bases.get('alert')).toThrow('There is no reference base named alert. Did you mean "alerts"?')
})
