import { Position } from '@xyflow/react'
import { useContext, useMemo, useRef } from 'react'
import { NODE_WIDTH, type Point } from './auto-layout.ts'
import { useCanvas } from './canvas.ts'
import type { FlowEdge, FlowNode } from './graph-model.ts'
import { NodeHandsContext } from './node-hands.ts'
import { handleTop, ORDER_IN, ORDER_OUT, PORT } from './ports.ts'

const NO_EDGES: FlowEdge[] = []

/**
 * Nodes and edges as the flow draws them: with selection, places of a drag that goes on, and one tab stop for the whole graph. What did
 * not change keeps its identity. `overview`: the graph is drawn elsewhere, here stands only the tab stop.
 */
export function useFlowElements(
  moved: Record<string, Point>,
  overview: boolean,
): { nodes: FlowNode[]; edges: FlowEdge[] } {
  const { graph, selection, t } = useCanvas()
  const { uid } = useContext(NodeHandsContext)
  const cache = useRef(new Map<string, { base: FlowNode; key: string; node: FlowNode }>())
  const edgeCache = useRef(new Map<string, { base: FlowEdge; selected: boolean; edge: FlowEdge }>())
  const nodes = useMemo(() => {
    const chosen = new Set(selection.nodes)
    const stop = selection.nodes.at(-1) ?? graph.nodes[0]?.id
    const next: typeof cache.current = new Map()
    const shown = overview ? graph.nodes.filter(({ id }) => id === stop) : graph.nodes
    const list = shown.map((base) => {
      const place = moved[base.id] ?? base.position
      const selected = chosen.has(base.id) && !overview
      const key = `${place.x},${place.y},${selected},${base.id === stop},${overview}`
      const old = cache.current.get(base.id)
      const entry =
        old && old.base === base && old.key === key
          ? old
          : { base, key, node: dress(base, place, selected, base.id === stop) }
      next.set(base.id, entry)
      return entry.node
    })
    cache.current = next
    return list
    function dress(base: FlowNode, position: Point, selected: boolean, tabStop: boolean): FlowNode {
      return {
        ...base,
        position,
        selected,
        selectable: !overview,
        measured: { width: NODE_WIDTH, height: base.data.height },
        handles: handlesOf(base),
        ariaRole: 'group',
        ariaLabel: t('nodeLabel', { id: base.id, module: base.data.module }),
        domAttributes: { tabIndex: tabStop ? 0 : -1, 'aria-describedby': `${uid}state-${base.id}` },
      }
    }
  }, [graph.nodes, selection.nodes, moved, overview, t, uid])
  const edges = useMemo(() => {
    if (overview) return NO_EDGES
    const chosen = new Set(selection.edges)
    const next: typeof edgeCache.current = new Map()
    const list = graph.edges.map((base) => {
      const selected = chosen.has(base.id)
      const old = edgeCache.current.get(base.id)
      const entry =
        old && old.base === base && old.selected === selected ? old : { base, selected, edge: { ...base, selected } }
      next.set(base.id, entry)
      return entry.edge
    })
    edgeCache.current = next
    return list
  }, [graph.edges, selection.edges, overview])
  return { nodes, edges }
}

/** Places of the ports, told beforehand so that edges are drawn in the first frame, before anything is measured. */
function handlesOf({ data }: FlowNode): NonNullable<FlowNode['handles']> {
  const at = (id: string, side: 'in' | 'out'): NonNullable<FlowNode['handles']>[number] => ({
    id,
    type: side === 'in' ? 'target' : 'source',
    position: side === 'in' ? Position.Left : Position.Right,
    x: side === 'in' ? -PORT / 2 : NODE_WIDTH - PORT / 2,
    y: handleTop(data, id, side) - PORT / 2,
    width: PORT,
    height: PORT,
  })
  return [
    ...data.ports.inputs.map(({ name }) => at(name, 'in')),
    ...data.ports.outputs.map(({ name }) => at(name, 'out')),
    at(ORDER_IN, 'in'),
    at(ORDER_OUT, 'out'),
  ]
}
