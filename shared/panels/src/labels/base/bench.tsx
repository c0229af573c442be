import type { LabelReference, Taxonomy, TaxonomyEdit, TaxonomyNode } from '@secxops/protocol/labels'
import { baseDetail, bigTaxonomy, labelChange, labelJob, labelReference, taxonomy } from '../../fixtures/labels.ts'
import { fakeError } from '../../hosts/fake-host.ts'
import { startBench } from '../../testing/bench.ts'
import { LabelTree } from '../tree/label-tree.ts'
import { mountBase } from './mount.tsx'

/** A tree that is edited and whose edits are taken back, as the backend does. */
function editable(first: Taxonomy) {
  let tree = first
  const before = new Map<string, Taxonomy>()
  let changes = 0
  const next = (nodes: TaxonomyNode[]): void => {
    tree = { ...tree, version: tree.version + 1, nodes }
  }
  const apply = (edit: TaxonomyEdit): void => {
    const { nodes } = tree
    if (edit.kind === 'add')
      next([...nodes, { references: 0, ...edit, id: Math.max(0, ...nodes.map(({ id }) => id)) + 1 }])
    else if (edit.kind === 'rename')
      next(nodes.map((node) => (node.id === edit.node ? { ...node, name: edit.name } : node)))
    else if (edit.kind === 'move') {
      const moved = nodes.filter(({ id }) => id === edit.node).map(({ parent: _, ...node }) => node)
      const at = edit.parent === undefined ? {} : { parent: edit.parent }
      next([...nodes.filter(({ id }) => id !== edit.node), ...moved.map((node) => ({ ...node, ...at }))])
    } else if (edit.kind === 'remove') next(nodes.filter((node) => node.id !== edit.node && node.parent !== edit.node))
    else if (edit.kind === 'merge') next(nodes.filter(({ id }) => id !== edit.from))
  }
  return {
    get: () => tree,
    edit({ version, edits }: { version: number; edits: TaxonomyEdit[] }) {
      if (version !== tree.version)
        throw fakeError({ code: 'conflict', message: 'The taxonomy was changed by somebody else in the meantime.' })
      const change = labelChange(`t${++changes}`, { kind: 'taxonomy' })
      before.set(change.id, tree)
      for (const edit of edits) apply(edit)
      return { change, taxonomy: tree }
    },
    undo(id: string) {
      const change = labelChange(`t${++changes}`, { kind: 'undo' })
      before.set(change.id, tree)
      const old = before.get(id)
      if (old) next(old.nodes)
      return change
    },
  }
}

function leavesOf(taxonomy: Taxonomy) {
  const tree = new LabelTree(taxonomy)
  const leaves = taxonomy.nodes.filter(({ id }) => tree.children(id).length === 0)
  return leaves.map((node) => ({ node, path: tree.path(node) }))
}

startBench(
  (element, { host }, fixture) => {
    const parts = ['references', 'taxonomy', 'agreement', 'changes'] as const
    const part = parts.find((one) => fixture.startsWith(one))
    mountBase(element, { host, name: 'attack', ...(part ? { part } : {}) })
  },
  (fixture) => {
    const empty = fixture.endsWith('empty')
    const tree = editable(
      fixture.endsWith('big')
        ? bigTaxonomy()
        : empty
          ? { version: 1, levels: taxonomy().levels, nodes: [] }
          : taxonomy(),
    )
    let references: LabelReference[] = Array.from({ length: empty ? 0 : 28_680 }, (_, index) => labelReference(index))
    const told = () => window.sxFake?.emit({ type: 'labels', base: 'attack', version: 43 })
    return {
      routes: {
        'labels.bases.get': () =>
          baseDetail('attack', empty ? { references: 0, leaves: 0, state: { state: 'empty' } } : { waiting: 412 }),
        'labels.bases.learn': () => labelJob('l1', { kind: 'learn', state: 'running' }),
        'labels.bases.remove': () => ({}),
        'labels.bases.restore': () => baseDetail('attack'),
        'labels.taxonomy.get': tree.get,
        'labels.taxonomy.edit': ({ body }) => tree.edit(body),
        'labels.taxonomy.import': () => ({
          change: labelChange('i1', { kind: 'import' }),
          added: 12,
          unchanged: 3,
          warnings: ['line 7: “Phishing” stands twice below “Initial Access”; the first is taken'],
        }),
        'labels.taxonomy.export': ({ query }) => ({ text: `the tree as ${query?.format}` }),
        'labels.coverage': () => ({
          enough: 10,
          leaves: leavesOf(tree.get()).map(({ node, path }) => ({
            path,
            references: node.references,
            human: 0,
            ...(node.id % 5 === 0 ? { suspect: 2 } : {}),
          })),
        }),
        'labels.references.list': ({ query = {} }) => {
          const { text = '', order, origin } = query
          const found = references.filter(
            (one) =>
              one.text.includes(text) && (!origin || one.origin === origin) && (order !== 'suspect' || one.suspicion),
          )
          const offset = Number(query.offset ?? 0)
          return { total: found.length, references: found.slice(offset, offset + Number(query.limit ?? 100)) }
        },
        'labels.references.import': () => labelJob('i2', { kind: 'import', state: 'running' }),
        'labels.references.remove': ({ body }) => {
          references = references.filter(({ id }) => !body.ids.includes(id))
          queueMicrotask(told)
          return labelChange('r1', { kind: 'remove' })
        },
        'labels.accept': ({ body }) => {
          references = references.map((one) =>
            one.text === body.text ? labelReference(Number(one.id), body.path) : one,
          )
          queueMicrotask(told)
          return labelChange('a1')
        },
        'labels.undo': ({ body }) => tree.undo(body?.change ?? ''),
        'labels.generate': () => labelJob('g1', { kind: 'generate', state: 'running' }),
        'labels.label': () => labelJob('j7', { state: 'running' }),
        'labels.jobs.list': () =>
          empty
            ? []
            : [
                labelJob('g0', {
                  kind: 'generate',
                  state: 'running',
                  subject: 'attack',
                  done: 640,
                  total: 2868,
                  skipped: { garbled: 12, 'wrong-language': 3, 'labelled-elsewhere': 57 },
                  cost: { inputTokens: 812_000, outputTokens: 96_400, amount: 1.37 },
                }),
                labelJob('j1'),
                labelJob('i1', { kind: 'import', state: 'cancelled', subject: '/project/references.jsonl', done: 900 }),
              ],
        'labels.changes': () =>
          empty
            ? []
            : [
                labelChange('c3', { title: 'Labelled 1 text as Execution › evil\u202etxt.exe' }),
                labelChange('c2', { kind: 'undo', title: 'Took back: Removed 3 references', undoes: 'c1', by: 'wei' }),
                labelChange('c1', { kind: 'remove', title: 'Removed 3 references', undoneBy: 'c2' }),
                labelChange('c0', { kind: 'import', title: 'Imported references.jsonl', count: 28_680 }),
              ],
        'labels.journal': ({ query }) => ({
          total: 3,
          entries: [1, 2].map((n) => ({
            change: query?.change ?? '',
            at: '2026-11-20T09:00:00.000Z',
            by: 'lin',
            text: `text ${n} of the change`,
            before: ['Initial Access', 'Phishing'],
            after: ['Execution'],
          })),
        }),
        'labels.agreement': () =>
          empty
            ? { texts: 0, people: ['lin'], levels: [], conflicts: [] }
            : {
                texts: 120,
                people: ['lin', 'wei'],
                levels: [
                  { level: 'category', alpha: 0.91, agree: 0.97 },
                  { level: 'subcategory', alpha: 0.74, agree: 0.86 },
                  { level: 'label', agree: 1 },
                ],
                conflicts: [
                  {
                    text: 'A mail with a link to a fake sign-in page',
                    labels: [
                      {
                        path: ['Initial Access', 'Phishing', 'Spearphishing Link'],
                        by: 'lin',
                        at: '2026-11-20T09:00:00Z',
                      },
                      { path: ['Credential Access', 'Brute Force'], by: 'wei', at: '2026-11-20T09:00:00Z' },
                    ],
                  },
                ],
              },
      },
    }
  },
)
