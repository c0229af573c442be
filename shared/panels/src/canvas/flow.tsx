import {
  Background,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  useStore,
} from '@xyflow/react'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import type { Point } from './auto-layout.ts'
import { useCanvas } from './canvas.ts'
import { endsOf, judgeEnds } from './connection-ends.ts'
import { ConnectionHint } from './connection-hint.tsx'
import { connect, connectOrder } from './edits.ts'
import { FlowHandsBinder } from './flow-hands.tsx'
import type { FlowEdge, FlowNode } from './graph-model.ts'
import { Minimap } from './minimap.tsx'
import { FarContext } from './node-hands.ts'
import { NodeView } from './node-view.tsx'
import { Overview } from './overview.tsx'
import { ORDER_IN, ORDER_OUT } from './ports.ts'
import { useDrops } from './use-drops.ts'
import { useFlowElements } from './use-flow-elements.ts'

const NODE_TYPES = { module: NodeView }
/** Zoom below which ports are too small to see or hit, and a drag means the view. */
const FAR = 0.3
/** Zoom below which the names of ports could not be read. */
const NAMELESS = 0.6
/** From this many nodes on, only what is in view is drawn; while their text is too small to read, and at first, one drawing stands for all. */
const MANY = 150
const UNREADABLE = 0.45
const calm = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

export function Flow(): ReactNode {
  return (
    <ReactFlowProvider>
      <FlowInner />
    </ReactFlowProvider>
  )
}

function FlowInner(): ReactNode {
  const canvas = useCanvas()
  const { reselect } = canvas
  const box = useRef<HTMLDivElement>(null)
  useDrops(box)
  const [moved, setMoved] = useState<Record<string, Point>>({})
  const [overflow, setOverflow] = useState(false)
  const [dragType, setDragType] = useState<string>()
  const [ready, setReady] = useState(false)
  const small = useStore(({ transform }) => transform[2] < FAR)
  const nameless = useStore(({ transform }) => transform[2] < NAMELESS)
  const unreadable = useStore(({ transform }) => transform[2] < UNREADABLE)
  const many = canvas.graph.nodes.length > MANY
  const overview = many && (unreadable || !ready)
  const far = small || overview
  const { nodes, edges } = useFlowElements(moved, overview)

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const places: Record<string, Point> = {}
      for (const change of changes)
        if (change.type === 'position' && change.position) places[change.id] = change.position
      if (Object.keys(places).length > 0) setMoved((old) => ({ ...old, ...places }))
      reselect((old) => ({ ...old, nodes: selectionAfter(old.nodes, changes) }))
    },
    [reselect],
  )
  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => {
      reselect((old) => ({ ...old, edges: selectionAfter(old.edges, changes) }))
    },
    [reselect],
  )
  const dropNodes = (_: unknown, __: unknown, dragged: FlowNode[]): void => {
    setMoved({})
    const still = dragged.every((node) => {
      const shown = canvas.graph.nodes.find(({ id }) => id === node.id)?.position
      return shown?.x === node.position.x && shown?.y === node.position.y
    })
    if (still) return
    const positions = Object.fromEntries(
      dragged.map((node) => [node.id, { x: Math.round(node.position.x), y: Math.round(node.position.y) }]),
    )
    const ids =
      dragged.length > 3 ? canvas.t('manyNodes', { n: dragged.length }) : dragged.map(({ id }) => id).join(', ')
    canvas.edit([{ type: 'move-nodes', positions }], canvas.t('didMove', { ids }))
  }
  const onConnect = ({ source, sourceHandle, target, targetHandle }: Connection): void => {
    if (sourceHandle === ORDER_OUT && targetHandle === ORDER_IN) connectOrder(canvas, source, target)
    else if (sourceHandle && targetHandle)
      connect(canvas, `${source}.${sourceHandle}`, { node: target, port: targetHandle })
  }
  const onConnectEnd = (event: MouseEvent | TouchEvent, drag: FinalConnectionState): void => {
    setDragType(undefined)
    if (drag.toHandle || !drag.fromHandle?.id || !drag.fromNode || canvas.readOnly) {
      const ends = drag.toHandle && drag.fromHandle && endsOf(drag.fromHandle, drag.toHandle)
      const refused = ends && !drag.isValid && judgeEnds(canvas, ends).refused
      if (refused) canvas.announce(refused)
      return
    }
    const pointer = 'clientX' in event ? event : event.changedTouches[0]
    if (!pointer || drag.fromHandle.id.startsWith('~')) return
    const at = canvas.flow?.toCanvas(pointer.clientX, pointer.clientY)
    const node = drag.fromNode.id
    canvas.show(
      drag.fromHandle.type === 'source'
        ? { kind: 'add', start: { node, output: drag.fromHandle.id }, ...(at ? { at: { x: at.x, y: at.y - 32 } } : {}) }
        : {
            kind: 'add',
            end: { node, port: drag.fromHandle.id },
            ...(at ? { at: { x: at.x - 200, y: at.y - 32 } } : {}),
          },
    )
  }
  const isValid = useCallback(
    (wish: Connection | FlowEdge) => {
      const ends = endsOf(
        { nodeId: wish.source, id: wish.sourceHandle ?? null, type: 'source' },
        { nodeId: wish.target, id: wish.targetHandle ?? null, type: 'target' },
      )
      return ends !== undefined && judgeEnds(canvas, ends).refused === undefined
    },
    [canvas],
  )
  const classes = [
    'sx-flow',
    dragType ? `sx-dragging sx-dragging-${dragType}` : '',
    nameless ? '' : 'sx-named',
    far ? 'sx-far' : '',
    overview ? 'sx-overviewed' : '',
  ]
  const editable = canvas.readOnly === undefined
  return (
    <FarContext.Provider value={far}>
      <div ref={box} className={classes.filter(Boolean).join(' ')}>
        <ReactFlow<FlowNode, FlowEdge>
          nodes={nodes}
          edges={edges}
          onInit={() => setReady(true)}
          onlyRenderVisibleElements={many && !overview}
          nodeTypes={NODE_TYPES}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onNodeDragStop={dropNodes}
          onSelectionDragStop={(event, dragged) => dropNodes(event, undefined, dragged)}
          onNodeDoubleClick={() => canvas.toggle('inspector', true)}
          onNodeContextMenu={(event, node) => {
            event.preventDefault()
            if (!canvas.selection.nodes.includes(node.id)) canvas.select([node.id], [], true)
            canvas.show({ kind: 'menu', x: event.clientX, y: event.clientY })
          }}
          onEdgeContextMenu={(event, edge) => {
            event.preventDefault()
            canvas.select([], [edge.id], true)
            canvas.show({ kind: 'menu', x: event.clientX, y: event.clientY })
          }}
          onMove={(event) => {
            if (event?.type === 'mousemove' && box.current) box.current.dataset.panning = ''
          }}
          onMoveEnd={() => {
            delete box.current?.dataset.panning
          }}
          onPaneClick={() => canvas.select([], [], true)}
          onPaneContextMenu={(event) => {
            event.preventDefault()
            canvas.show({ kind: 'menu', x: event.clientX, y: event.clientY })
          }}
          onDoubleClick={(event) => {
            const onPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane')
            const at = canvas.flow?.toCanvas(event.clientX, event.clientY)
            if (onPane && editable) canvas.show({ kind: 'add', ...(at ? { at } : {}) })
          }}
          onConnect={onConnect}
          onConnectStart={(_, { nodeId, handleId, handleType }) => setDragType(typeOf(nodeId, handleId, handleType))}
          onConnectEnd={onConnectEnd}
          isValidConnection={isValid}
          nodesDraggable={editable && !far}
          nodesConnectable={editable}
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode="Shift"
          multiSelectionKeyCode={['Meta', 'Control']}
          panActivationKeyCode="Space"
          zoomOnDoubleClick={false}
          connectOnClick={false}
          nodeDragThreshold={3}
          minZoom={0.05}
          maxZoom={2}
          elevateNodesOnSelect={false}
          attributionPosition="bottom-left"
          aria-label={canvas.t('canvas')}
          defaultEdgeOptions={{ type: 'default' }}
        >
          {!overview && <Background gap={24} size={1} />}
          {overview && <Overview />}
          {overflow && <Minimap />}
          <FlowHandsBinder calm={calm} box={box} onOverflow={setOverflow} />
        </ReactFlow>
        <ConnectionHint />
      </div>
    </FarContext.Provider>
  )

  function typeOf(node: string | null, handle: string | null, side: string | null): string {
    const ports = canvas.graph.nodes.find(({ id }) => id === node)?.data.ports
    if (!handle || handle.startsWith('~')) return `order-${side === 'source' ? 'out' : 'in'}`
    const list = side === 'source' ? ports?.outputs : ports?.inputs
    return `${side === 'source' ? 'out' : 'in'}-${list?.find(({ name }) => name === handle)?.type ?? 'unknown'}`
  }
}

/** Selection after xyflow's changes; the same list when they do not touch it. */
function selectionAfter(selected: string[], changes: { type: string; id?: string; selected?: boolean }[]): string[] {
  const wishes = changes.filter((change) => change.type === 'select')
  if (wishes.length === 0) return selected
  const set = new Set(selected)
  for (const { id, selected: on } of wishes) {
    if (!id) continue
    if (on) set.add(id)
    else set.delete(id)
  }
  return [...set]
}
