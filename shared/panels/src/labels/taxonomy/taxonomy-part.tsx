import './taxonomy.css'
import type { TaxonomyNode } from '@secxops/protocol/labels'
import { type KeyboardEvent, type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { EmptyState } from '../../ui/feedback.tsx'
import { useHost } from '../../ui/host-context.ts'
import { Menu } from '../../ui/menu.tsx'
import { type Query, useQuery } from '../../ui/use-client.ts'
import { ChangeNote } from '../change-note.tsx'
import { plainLine } from '../marked.ts'
import type { LabelTree } from '../tree/label-tree.ts'
import { SEPARATOR } from '../tree/walk.ts'
import { type NodeActions, nodeMenu } from './node-menu.ts'
import { droppedAt, nextPlace } from './places.ts'
import { rowsOf, sums, weaknesses, withParents } from './rows.ts'
import { SplitForm } from './split-form.tsx'
import { TargetForm } from './target-form.tsx'
import { TaxonomyBar } from './taxonomy-bar.tsx'
import { TAXONOMY } from './text.ts'
import { TreeView } from './tree-view.tsx'
import { useTreeEdits } from './use-tree-edits.ts'
import { useTreeImport } from './use-tree-import.ts'

/** Labels that a search shows in their branches. */
const FOUND = 2000

/** The tree of a base: found in, edited by keys, menu and dragging, its weak leaves marked. */
export function TaxonomyPart({
  base,
  tree,
  query,
  node,
  onReferences,
  onWrite,
}: {
  base: string
  tree: LabelTree
  query: Query<'labels.taxonomy.get'>
  /** Label that is shown at first. */
  node: number | undefined
  onReferences(node: number): void
  onWrite(node: number): void
}): ReactNode {
  const host = useHost()
  const t = useText(TAXONOMY)
  const edits = useTreeEdits(base, tree, query)
  const files = useTreeImport(base, edits.changes, query.refresh)
  const coverage = useQuery('labels.coverage', { params: { base }, query: {} })
  const [open, setOpen] = useState<ReadonlySet<number>>(() => withParents(tree, parentsOf(tree, node)))
  const [currentId, setCurrent] = useState(node)
  const [text, setText] = useState('')
  const [onlyWeak, setOnlyWeak] = useState(false)
  const [menu, setMenu] = useState<{ node: TaxonomyNode; x: number; y: number }>()
  const [form, setForm] = useState<{ what: 'move' | 'merge' | 'split'; node: TaxonomyNode }>()
  const sum = useMemo(() => sums(tree), [tree])
  const weak = useMemo(() => coverage.data && weaknesses(tree, coverage.data), [tree, coverage.data])
  const sought = useDeferredValue(text)
  const rows = useMemo(() => {
    if (sought.trim() !== '') return rowsOf(tree, open, withParents(tree, tree.search(sought, FOUND).nodes))
    if (onlyWeak && weak) return rowsOf(tree, open, withParents(tree, nodesOf(tree, weak.keys())))
    return rowsOf(tree, open)
  }, [tree, open, sought, onlyWeak, weak])
  const current = Math.max(
    0,
    rows.findIndex((row) => row.node.id === currentId),
  )
  const toggle = (id: number): void =>
    setOpen((old) => {
      const next = new Set(old)
      if (!next.delete(id)) next.add(id)
      return next
    })
  const stepOf = (one: TaxonomyNode, by: -1 | 1): (() => void) | undefined => {
    const place = nextPlace(tree, one, by)
    return place && (() => edits.move(one, place))
  }
  const actionsOf = (one: TaxonomyNode): NodeActions => ({
    add() {
      setOpen((old) => new Set(old).add(one.id))
      edits.add(one)
    },
    rename: () => edits.rename(one),
    moveTo: () => setForm({ what: 'move', node: one }),
    moveTop: () => edits.move(one, {}),
    moveUp: stepOf(one, -1),
    moveDown: stepOf(one, 1),
    mergeInto: () => setForm({ what: 'merge', node: one }),
    split: () => setForm({ what: 'split', node: one }),
    remove: () => edits.remove(one, sum.get(one.id) ?? 0),
    showReferences: () => onReferences(one.id),
    write: () => onWrite(one.id),
    copyPath: () => host.copy(tree.path(one).join(SEPARATOR)),
  })
  const onKeyDown = (event: KeyboardEvent, x: number, y: number): void => {
    const one = rows[current]?.node
    const key = event.key.toLowerCase()
    if (event.ctrlKey || event.metaKey) {
      if (key === 'z' && !event.shiftKey) edits.changes.undo()
      else if (key === 'y' || (key === 'z' && event.shiftKey)) edits.changes.redo()
      else return
    } else if (!one) return
    else if (event.altKey && (key === 'arrowup' || key === 'arrowdown')) stepOf(one, key === 'arrowup' ? -1 : 1)?.()
    else if (key === 'contextmenu' || (key === 'f10' && event.shiftKey)) setMenu({ node: one, x, y })
    else {
      const act = actionsOf(one)
      const run = { f2: act.rename, insert: act.add, delete: act.remove, m: act.moveTo, enter: act.showReferences }[key]
      if (!run) return
      run()
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const close = (): void => setForm(undefined)
  const formNode = form && tree.node(form.node.id)
  return (
    <div className="sx-taxonomy">
      <TaxonomyBar {...{ base, text, setText, onlyWeak, setOnlyWeak, edits, files }} weak={weak?.size ?? 0} />
      <ChangeNote changes={edits.changes} />
      {form && formNode && form.what === 'split' && (
        <SplitForm
          key={formNode.id}
          {...{ base, tree }}
          node={formNode}
          onClose={close}
          onSplit={(name, references) => {
            edits.split(formNode, name, references)
            close()
          }}
        />
      )}
      {form && formNode && form.what !== 'split' && (
        <TargetForm
          key={`${form.what} ${formNode.id}`}
          node={formNode}
          what={form.what}
          tree={tree}
          onClose={close}
          onTarget={(target) => {
            if (form.what === 'move') edits.move(formNode, { parent: target.id })
            else edits.merge(formNode, target)
            close()
          }}
        />
      )}
      {tree.taxonomy.nodes.length === 0 ? (
        <EmptyState icon="outline" text={t('empty')} action={{ label: t('import'), run: files.pick }} />
      ) : (
        <TreeView
          {...{ rows, current, sum, weak, onKeyDown }}
          enough={coverage.data?.enough ?? 0}
          onCurrent={(index) => setCurrent(rows[index]?.node.id)}
          onToggle={toggle}
          onMenu={(index, x, y) => {
            const one = rows[index]?.node
            setCurrent(one?.id)
            if (one) setMenu({ node: one, x, y })
          }}
          canDrop={(id, onto, where) => droppedAt(tree, id, onto, where) !== undefined}
          onDrop={(id, onto, where) => {
            const [node, place] = [tree.node(id), droppedAt(tree, id, onto, where)]
            if (node && place) edits.move(node, place)
          }}
        />
      )}
      {menu && (
        <Menu
          items={nodeMenu(menu.node, actionsOf(menu.node), t)}
          x={menu.x}
          y={menu.y}
          label={t('actions', { name: plainLine(menu.node.name) })}
          onClose={() => setMenu(undefined)}
        />
      )}
    </div>
  )
}

/** Nothing, or the parent of a node: with what stands above it the branches that must be open to see the node. */
function parentsOf(tree: LabelTree, id: number | undefined): TaxonomyNode[] {
  const node = id === undefined ? undefined : tree.node(id)
  const parent = node && tree.parent(node)
  return parent ? [parent] : []
}

function* nodesOf(tree: LabelTree, ids: Iterable<number>): Generator<TaxonomyNode> {
  for (const id of ids) {
    const node = tree.node(id)
    if (node) yield node
  }
}
