import { SecxopsError } from '@secxops/protocol/errors'
import type { TaxonomyEdit } from '@secxops/protocol/labels'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TryBases } from './testing/try-bases.ts'

const NAMES = ['a', 'b', 'c', 'd']
const path = fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 })
const text = fc.constantFrom(...'uvwxyz')
const number = fc.nat(30)

const edit = fc.record({
  do: fc.constantFrom(...(['add', 'rename', 'move', 'merge', 'split', 'remove'] as const)),
  one: number,
  other: number,
  name: fc.constantFrom(...NAMES),
})

type EditMeant = typeof edit extends fc.Arbitrary<infer E> ? E : never

/** What a person does next; numbers pick one of the labels, references or changes that are there. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('accept' as const), text, path }) },
  fc.record({ do: fc.constant('import' as const), rows: fc.array(fc.record({ text, path }), { maxLength: 6 }) }),
  fc.record({ do: fc.constant('forget' as const), one: number }),
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('edit' as const), edits: fc.array(edit, { minLength: 1, maxLength: 3 }) }),
  },
  fc.record({ do: fc.constant('undo' as const), one: number }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

async function act(t: TryBases, step: Step, at: number): Promise<void> {
  const references = t.bases.references('alerts')
  if (step.do === 'accept') await t.accept(step.text, step.path, at % 2 ? 'ada' : 'bob')
  else if (step.do === 'import') {
    const labels = step.rows.map((row) => ({ ...row, origin: 'imported' as const, trust: 0.5 }))
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
  } else await t.edit(...step.edits.flatMap((wanted) => editOf(t, wanted)))
}

/** The edit that is meant, for the tree as it is. */
function editOf(t: TryBases, { do: kind, one, other, name }: EditMeant): TaxonomyEdit[] {
  const { nodes } = t.bases.taxonomy('alerts')
  const node = nodes[one % nodes.length]?.id
  const second = nodes[other % nodes.length]?.id
  if (node === undefined || second === undefined) return []
  const references = t.bases.references('alerts').filter(({ path }) => t.idOf(...path) === node)
  const edits: Record<EditMeant['do'], TaxonomyEdit> = {
    add: { kind: 'add', parent: node, name },
    rename: { kind: 'rename', node, name: `${name}${other}` },
    move: {
      kind: 'move',
      node,
      parent: second === node ? undefined : second,
      before: nodes.find(({ parent }) => parent === second)?.id,
    },
    merge: { kind: 'merge', from: node, into: second },
    split: { kind: 'split', node, name, references: references.map(({ id }) => id) },
    remove: { kind: 'remove', node, references: other % 2 === 0 },
  }
  return [edits[kind]]
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
        const places = new Set(t.bases.taxonomy('alerts').nodes.map(({ id }) => id))
        const rows = t.store.db.prepare('SELECT node FROM label_references').all()
        expect(rows.filter(({ node }) => !places.has(Number(node)))).toEqual([])
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
    { numRuns: 40 },
  )
}, 300_000)
