import { isActive } from '../run/run-model.ts'
import type { IconName } from '../ui/icon.tsx'
import { layoutGraph } from './auto-layout.ts'
import type { Canvas } from './canvas.ts'
import { copySelection, cutSelection, duplicateSelection, pasteFromClipboard } from './clipboard.ts'
import { removeSelection, renameNode } from './edits.ts'
import { type Direction, neighbour } from './navigation.ts'
import { openSource } from './open-source.ts'
import { saveDocument } from './save-document.ts'
import type { TEXT } from './text.ts'

export type ActionGroup = 'edit' | 'move' | 'view' | 'run'

/** One thing the user can do. Toolbar, context menu, shortcuts and the shortcut sheet all read this list. */
export interface Action {
  id: string
  group: ActionGroup
  label: keyof typeof TEXT
  /** See `matchesKeys`; the first is shown. */
  keys?: string[]
  /** The browser's own event does the work for these keys (paste needs it); they are only shown. */
  native?: boolean
  icon?: IconName
  menu?: 'node' | 'pane' | 'both'
  danger?: boolean
  /** Why it cannot be done now, in words; undefined when it can. */
  when?(canvas: Canvas): string | undefined
  /** A better name than the label, e.g. what undo would undo. */
  title?(canvas: Canvas): string
  run(canvas: Canvas): void
}

const editable = (canvas: Canvas): string | undefined => canvas.readOnly
const oneNode = (canvas: Canvas): string | undefined => (canvas.node ? undefined : canvas.t('needsNode'))
const someNodes = (canvas: Canvas): string | undefined =>
  canvas.selection.nodes.length > 0 ? undefined : canvas.t('needsSelection')
const anything = (canvas: Canvas): string | undefined =>
  canvas.selection.nodes.length + canvas.selection.edges.length > 0 ? undefined : canvas.t('needsSelection')
const editNode = (canvas: Canvas): string | undefined => editable(canvas) ?? oneNode(canvas)

function go(direction: Direction): (canvas: Canvas) => void {
  return (canvas) => {
    const to = neighbour(canvas.graph, canvas.selection.nodes.at(-1), direction)
    if (to) canvas.select([to])
  }
}

function move(dx: number, dy: number): (canvas: Canvas) => void {
  return (canvas) => {
    const chosen = canvas.graph.nodes.filter(({ id }) => canvas.selection.nodes.includes(id))
    const positions = Object.fromEntries(chosen.map(({ id, position: { x, y } }) => [id, { x: x + dx, y: y + dy }]))
    const ids = chosen.length > 3 ? canvas.t('manyNodes', { n: chosen.length }) : chosen.map(({ id }) => id).join(', ')
    canvas.edit([{ type: 'move-nodes', positions }], canvas.t('didMove', { ids }))
  }
}

function arrange(canvas: Canvas): void {
  const chosen = canvas.selection.nodes.length > 1 ? new Set(canvas.selection.nodes) : undefined
  const nodes = canvas.graph.nodes.filter(({ id }) => chosen?.has(id) ?? true)
  const hints = Object.fromEntries(nodes.map(({ id, position }) => [id, position]))
  const sizes = Object.fromEntries(nodes.map(({ id, data }) => [id, data]))
  const places = layoutGraph(
    nodes.map(({ id }) => id),
    canvas.graph.links,
    sizes,
    hints,
  )
  // Some nodes alone stay where the group was; the whole graph starts at the origin.
  const left = chosen ? Math.min(...nodes.map(({ position }) => position.x)) : 0
  const top = chosen ? Math.min(...nodes.map(({ position }) => position.y)) : 0
  const positions = Object.fromEntries(
    Object.entries(places).map(([id, { x, y }]) => [id, { x: x + left, y: y + top }]),
  )
  canvas.edit([{ type: 'move-nodes', positions }], canvas.t('didLayout'))
  if (!chosen) requestAnimationFrame(() => canvas.flow?.fit())
}

const STEP = 8

export const ACTIONS: Action[] = [
  {
    id: 'add',
    group: 'edit',
    label: 'add',
    keys: ['a'],
    icon: 'add',
    menu: 'both',
    when: editable,
    run: (c) => c.show({ kind: 'add' }),
  },
  {
    id: 'connect',
    group: 'edit',
    label: 'connect',
    keys: ['c'],
    icon: 'link',
    menu: 'node',
    when: editNode,
    run: (c) => c.node && c.show({ kind: 'connect', from: c.node }),
  },
  {
    id: 'inspect',
    group: 'edit',
    label: 'inspect',
    keys: ['Enter'],
    icon: 'parameter',
    menu: 'node',
    when: oneNode,
    run: inspect,
  },
  {
    id: 'rename',
    group: 'edit',
    label: 'rename',
    keys: ['F2'],
    icon: 'edit',
    menu: 'node',
    when: editNode,
    run: (c) => c.node && void renameNode(c, c.node),
  },
  {
    id: 'open',
    group: 'edit',
    label: 'openSource',
    keys: ['o'],
    icon: 'open',
    menu: 'node',
    when: (c) => oneNode(c) ?? (c.check.modules[c.node ?? ''] ? undefined : c.t('noSource')),
    run: openSource,
  },
  {
    id: 'undo',
    group: 'edit',
    label: 'undo',
    keys: ['Mod+z'],
    icon: 'undo',
    when: (c) => (c.state.undo === undefined ? c.t('nothingToUndo') : undefined),
    title: (c) => (c.state.undo ? c.t('undoWhat', { what: c.state.undo }) : c.t('undo')),
    run: (c) => c.document.undo(),
  },
  {
    id: 'redo',
    group: 'edit',
    label: 'redo',
    keys: ['Mod+Shift+z', 'Mod+y'],
    icon: 'redo',
    when: (c) => (c.state.redo === undefined ? c.t('nothingToRedo') : undefined),
    title: (c) => (c.state.redo ? c.t('redoWhat', { what: c.state.redo }) : c.t('redo')),
    run: (c) => c.document.redo(),
  },
  {
    id: 'copy',
    group: 'edit',
    label: 'copy',
    keys: ['Mod+c'],
    icon: 'copy',
    menu: 'node',
    when: someNodes,
    run: (c) => void copySelection(c),
  },
  {
    id: 'cut',
    group: 'edit',
    label: 'cut',
    keys: ['Mod+x'],
    menu: 'node',
    when: (c) => editable(c) ?? someNodes(c),
    run: (c) => void cutSelection(c),
  },
  {
    id: 'paste',
    group: 'edit',
    label: 'paste',
    keys: ['Mod+v'],
    native: true,
    menu: 'both',
    when: editable,
    run: (c) => void pasteFromClipboard(c),
  },
  {
    id: 'duplicate',
    group: 'edit',
    label: 'duplicate',
    keys: ['Mod+d'],
    menu: 'node',
    when: (c) => editable(c) ?? someNodes(c),
    run: (c) => void duplicateSelection(c),
  },
  {
    id: 'remove',
    group: 'edit',
    label: 'remove',
    keys: ['Delete', 'Backspace'],
    icon: 'trash',
    menu: 'node',
    danger: true,
    when: (c) => editable(c) ?? anything(c),
    run: removeSelection,
  },
  {
    id: 'all',
    group: 'edit',
    label: 'selectAll',
    keys: ['Mod+a'],
    menu: 'pane',
    run: (c) =>
      c.select(
        c.graph.nodes.map(({ id }) => id),
        c.graph.edges.map(({ id }) => id),
        true,
      ),
  },

  { id: 'right', group: 'move', label: 'goRight', keys: ['ArrowRight'], run: go('right') },
  { id: 'left', group: 'move', label: 'goLeft', keys: ['ArrowLeft'], run: go('left') },
  { id: 'up', group: 'move', label: 'goUp', keys: ['ArrowUp'], run: go('up') },
  { id: 'down', group: 'move', label: 'goDown', keys: ['ArrowDown'], run: go('down') },
  {
    id: 'move-right',
    group: 'move',
    label: 'moveRight',
    keys: ['Alt+ArrowRight'],
    when: (c) => editable(c) ?? someNodes(c),
    run: move(STEP, 0),
  },
  {
    id: 'move-left',
    group: 'move',
    label: 'moveLeft',
    keys: ['Alt+ArrowLeft'],
    when: (c) => editable(c) ?? someNodes(c),
    run: move(-STEP, 0),
  },
  {
    id: 'move-up',
    group: 'move',
    label: 'moveUp',
    keys: ['Alt+ArrowUp'],
    when: (c) => editable(c) ?? someNodes(c),
    run: move(0, -STEP),
  },
  {
    id: 'move-down',
    group: 'move',
    label: 'moveDown',
    keys: ['Alt+ArrowDown'],
    when: (c) => editable(c) ?? someNodes(c),
    run: move(0, STEP),
  },

  {
    id: 'layout',
    group: 'view',
    label: 'layout',
    keys: ['l'],
    icon: 'layout',
    menu: 'pane',
    when: editable,
    run: arrange,
  },
  { id: 'fit', group: 'view', label: 'fit', keys: ['f'], icon: 'fit', menu: 'pane', run: (c) => c.flow?.fit() },
  { id: 'zoom-in', group: 'view', label: 'zoomIn', keys: ['+', '='], icon: 'zoom-in', run: (c) => c.flow?.zoom(1.25) },
  { id: 'zoom-out', group: 'view', label: 'zoomOut', keys: ['-'], icon: 'zoom-out', run: (c) => c.flow?.zoom(0.8) },
  { id: 'outline', group: 'view', label: 'outline', keys: ['t'], icon: 'outline', run: (c) => c.toggle('outline') },
  {
    id: 'inspector',
    group: 'view',
    label: 'inspector',
    keys: ['i'],
    icon: 'parameter',
    run: (c) => c.toggle('inspector'),
  },
  { id: 'keys', group: 'view', label: 'keys', keys: ['?'], icon: 'keyboard', run: (c) => c.show({ kind: 'keys' }) },
  { id: 'text', group: 'view', label: 'openText', icon: 'text', menu: 'pane', run: (c) => c.document.openText() },

  {
    id: 'run',
    group: 'run',
    label: 'run',
    keys: ['Mod+Enter'],
    icon: 'play',
    when: (c) => c.run.blocked ?? (isActive(c.store.run()) ? c.t('isActive') : undefined),
    // What has no value yet is asked for first.
    run: (c) => (c.run.missing.length > 0 ? c.show({ kind: 'parameters' }) : void c.run.start()),
  },
  {
    id: 'continue',
    group: 'run',
    label: 'continue',
    keys: ['Mod+Shift+Enter'],
    icon: 'continue',
    when: canContinue,
    run: (c) => c.show({ kind: 'plan' }),
  },
  {
    id: 'run-from',
    group: 'run',
    label: 'runFrom',
    icon: 'continue',
    menu: 'node',
    when: (c) => oneNode(c) ?? canContinue(c),
    run: (c) => c.node && void c.run.continueRun({ from: [c.node] }),
  },
  {
    id: 'cancel',
    group: 'run',
    label: 'cancel',
    icon: 'stop',
    when: (c) => (c.store.run()?.state === 'running' ? undefined : c.t('notActive')),
    run: (c) => void c.run.cancel(),
  },
  { id: 'save', group: 'run', label: 'save', keys: ['Mod+s'], icon: 'save', run: (c) => saveDocument(c.document) },
]

export const action = (id: string): Action => {
  const found = ACTIONS.find((one) => one.id === id)
  if (!found) throw new Error(`no action ${id}`)
  return found
}

function canContinue(canvas: Canvas): string | undefined {
  const run = canvas.store.run()
  if (!run) return canvas.t('noRun')
  return canvas.run.blocked ?? (run.state === 'cancelling' ? canvas.t('isCancelling') : undefined)
}

function inspect(canvas: Canvas): void {
  canvas.toggle('inspector', true)
  requestAnimationFrame(() => {
    const pane = canvas.root.current?.querySelector('.sx-inspector-body')
    const field =
      pane?.querySelector<HTMLElement>('[data-sx-first]') ?? pane?.querySelector<HTMLElement>('input, select, button')
    field?.focus()
  })
}
