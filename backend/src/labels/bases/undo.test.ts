import { SecxopsError } from '@secxops/protocol/errors'
import type { TaxonomyEdit } from '@secxops/protocol/labels'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TryBases } from './testing/try-bases.ts'

const NAMES = ['a', 'b', 'c', 'd']
const path = fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 })
const number = fc.nat(30)

const edit = fc.record({
  do: fc.constantFrom(...(['add', 'rename', 'move', 'merge', 'split', 'remove'] as const)),
  one: number,
  other: number,
  name: fc.constantFrom(...NAMES),
})

/** What a person does next; numbers pick one of the labels, references or changes that are there. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('accept' as const), text: fc.constantFrom(...'uvwxyz'), path }) },
  fc.record({
    do: fc.constant('import' as const),
    texts: fc.array(fc.constantFrom(...'uvwxyz'), { maxLength: 4 }),
    path,
  }),
  fc.record({ do: fc.constant('forget' as const), one: number }),
  { weight: 4, arbitrary: edit },
  fc.record({ do: fc.constant('undo' as const), one: number }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

async function act(t: TryBases, step: Step, at: number): Promise<void> {
  const { nodes } = t.bases.taxonomy('alerts')
  const references = t.bases.references('alerts')
  if (step.do === 'accept') await t.accept(step.text, step.path, at % 2 ? 'ada' : 'bob')
  else if (step.do === 'import') {
    const labels = step.texts.map((text) => ({ text, path: step.path, origin: 'imported' as const, trust: 0.5 }))
    await t.store.write((db) =>
      t.bases.writeIn(db, 'alerts', { id: `import ${at}`, by: 'ada', kind: 'import', title: 'Imported' }, labels),
    )
    t.bases.written('alerts')
  } else if (step.do === 'forget') {
    const reference = references[step.one % references.length]
    if (reference) await t.bases.changes.removeReferences('alerts', [reference.id], 'ada')
  } else if (step.do === 'undo') {
    const changes = t.bases.listChanges('alerts', {}).filter(({ undoneBy }) => undoneBy === undefined)
    await t.undo(changes[step.one % changes.length]?.id)
  } else {
    const one = nodes[step.one % nodes.length]
    const other = nodes[step.other % nodes.length]
    if (!one || !other) return
    const inOne = references.filter((reference) => t.idOf(...reference.path) === one.id).map(({ id }) => id)
    const edits: Record<typeof step.do, TaxonomyEdit> = {
      add: { kind: 'add', parent: one.id, name: step.name },
      rename: { kind: 'rename', node: one.id, name: `${step.name}${step.other}` },
      move: {
        kind: 'move',
        node: one.id,
        parent: other.id === one.id ? undefined : other.id,
        before: nodes.find(({ parent }) => parent === other.id)?.id,
      },
      merge: { kind: 'merge', from: one.id, into: other.id },
      split: { kind: 'split', node: one.id, name: step.name, references: inOne },
      remove: { kind: 'remove', node: one.id, references: step.other % 2 === 0 },
    }
    await t.edit(edits[step.do])
  }
}

/** All that undo must put back, as bytes. */
function stateOf(t: TryBases): string {
  const { nodes, levels } = t.bases.taxonomy('alerts')
  const { depth, leaves } = t.bases.get('alerts')
  const rows = ['label_nodes', 'label_references'].map((table) => t.store.db.prepare(`SELECT * FROM ${table}`).all())
  return JSON.stringify({ nodes, levels, depth, leaves, references: t.bases.references('alerts'), rows })
}

test('whatever was done, taking all of it back gives the first tree and references, and every step between', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30, size: 'max' }), async (steps) => {
      const t = await TryBases.make()
      await t.edit({ kind: 'add', name: 'first' }, { kind: 'add', name: 'second' })
      await t.accept('u', ['first', 'a'])
      const states: string[] = []
      const first = new Set(t.bases.listChanges('alerts', {}).map(({ id }) => id))
      let version = t.bases.version('alerts')
      for (const [at, one] of steps.entries()) {
        const before = stateOf(t)
        try {
          await act(t, one, at)
        } catch (error) {
          if (!(error instanceof SecxopsError)) throw error
          // What was refused has changed nothing.
          expect(stateOf(t)).toBe(before)
        }
        if (stateOf(t) !== before) {
          expect(t.bases.version('alerts')).toBeGreaterThan(version)
          states.push(before)
        }
        version = t.bases.version('alerts')
      }
      // Backwards through all that was done, undos included.
      const done = t.bases.listChanges('alerts', { limit: 100 }).filter(({ id }) => !first.has(id))
      for (const { id } of done) {
        const before = stateOf(t)
        if (t.bases.listChanges('alerts', { limit: 200 }).find((change) => change.id === id)?.undoneBy) continue
        await t.undo(id)
        if (stateOf(t) !== before) expect(states).toContain(stateOf(t))
      }
      if (states[0] !== undefined) expect(stateOf(t)).toBe(states[0])
      await t.store.close()
    }),
    { numRuns: 25 },
  )
}, 120_000)
