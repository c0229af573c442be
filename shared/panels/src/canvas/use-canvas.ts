import type { WorkflowEdit } from '@secxops/protocol/workflow'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { WorkflowDocument } from '../host.ts'
import { useLocale, useText } from '../i18n/text.ts'
import { useHost } from '../ui/host-context.ts'
import type { Canvas, FlowHands, Overlay, Panes, Selection } from './canvas.ts'
import { buildGraph, type GraphModel } from './graph-model.ts'
import type { RunStore } from './run-store.ts'
import { TEXT } from './text.ts'
import { useCheck } from './use-check.ts'
import { useDocument } from './use-document.ts'
import { useRunControls } from './use-run-controls.ts'

const STRUCTURE = new Set<WorkflowEdit['type']>([
  'add-node',
  'remove-nodes',
  'rename-node',
  'connect',
  'disconnect',
  'set-after',
  'move-nodes',
])

/** Puts together the state of one canvas. */
export function useCanvas(document: WorkflowDocument, store: RunStore): Canvas {
  const host = useHost()
  const root = useRef<HTMLDivElement>(null)
  const t = useText(TEXT)
  const locale = useLocale()
  const state = useDocument(document)
  const check = useCheck(state)
  const [selection, setSelection] = useState<Selection>({ nodes: [], edges: [] })
  const [overlay, show] = useState<Overlay>()
  const [wishes, setWishes] = useState(() => storedPanes(host.state.get()))
  const room = useRoom()
  const panes = useMemo(() => ({ inspector: room, outline: false, problems: false, ...wishes }), [wishes, room])
  const [flow, setFlow] = useState<FlowHands>()
  const before = useRef<GraphModel>(undefined)
  const graph = useMemo(() => {
    before.current = buildGraph(state.workflow, check.modules, check.problems, state.layout.nodes, before.current)
    return before.current
  }, [state.workflow, state.layout, check.modules, check.problems])

  const present = useMemo(() => {
    const ids = new Set(graph.nodes.map(({ id }) => id))
    const edges = new Set(graph.edges.map(({ id }) => id))
    return {
      nodes: selection.nodes.filter((id) => ids.has(id)),
      edges: selection.edges.filter((id) => edges.has(id)),
    }
  }, [graph, selection])

  const readOnly = state.broken ? t('brokenReadOnly') : undefined
  const edit = useCallback(
    (edits: WorkflowEdit[], label: string) => {
      if (document.state().broken || edits.length === 0) return
      document.edit(
        edits.some(({ type }) => STRUCTURE.has(type)) ? [...freeze(before.current, document), ...edits] : edits,
        label,
      )
    },
    [document],
  )
  const select = useCallback(
    (nodes: string[], edges: string[] = [], quiet = false) => {
      setSelection({ nodes, edges })
      const first = nodes[0]
      if (first && !quiet) requestAnimationFrame(() => flow?.reveal(first))
    },
    [flow],
  )
  const toggle = useCallback(
    (pane: keyof Panes, open?: boolean) =>
      setWishes((old) => {
        const next = { ...old, [pane]: open ?? !(old[pane] ?? (pane === 'inspector' && room)) }
        host.state.set({ ...asRecord(host.state.get()), panes: next })
        return next
      }),
    [host, room],
  )
  const announce = useCallback((text: string) => {
    const region = root.current?.querySelector('.sx-live-region')
    if (region) region.textContent = text
  }, [])
  const run = useRunControls({ document, state, check, store, t, announce, show })
  return {
    root,
    host,
    document,
    state,
    check,
    graph,
    store,
    selection: present,
    panes,
    overlay,
    flow,
    locale,
    t,
    node: present.nodes.length === 1 ? present.nodes[0] : undefined,
    readOnly,
    edit,
    select,
    reselect: setSelection,
    show,
    toggle,
    announce,
    setFlow,
    run,
  }
}

/** Places of nodes that the layout file does not have yet, as they are shown now. */
function freeze(graph: GraphModel | undefined, document: WorkflowDocument): WorkflowEdit[] {
  const stored = document.state().layout.nodes
  const missing = (graph?.nodes ?? []).filter(({ id }) => !stored[id])
  if (missing.length === 0) return []
  return [{ type: 'move-nodes', positions: Object.fromEntries(missing.map(({ id, position }) => [id, position])) }]
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** The panes that the user has opened or closed. */
function storedPanes(value: unknown): Partial<Panes> {
  const panes = asRecord(asRecord(value).panes)
  const names = ['inspector', 'outline', 'problems'] as const
  return Object.fromEntries(names.flatMap((name) => (typeof panes[name] === 'boolean' ? [[name, panes[name]]] : [])))
}

/** Whether there is or was room for the inspector: one that is open is not closed under the hands of the user. */
function useRoom(): boolean {
  const [room, setRoom] = useState(isWide)
  useEffect(() => {
    const grow = (): void => setRoom((had) => had || isWide())
    window.addEventListener('resize', grow)
    return () => window.removeEventListener('resize', grow)
  }, [])
  return room
}

const isWide = (): boolean => window.innerWidth >= 720
