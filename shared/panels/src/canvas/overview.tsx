import { useStore, ViewportPortal } from '@xyflow/react'
import { type MouseEvent, memo, type ReactNode, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { COMMON } from '../i18n/common.ts'
import { useText } from '../i18n/text.ts'
import { NODE_WIDTH } from './auto-layout.ts'
import { useCanvas } from './canvas.ts'
import type { FlowNode } from './graph-model.ts'
import { stateWords } from './node-view.tsx'
import { bundleEdges } from './overview-edges.ts'
import { useRunNode } from './use-run.ts'

/**
 * A large graph seen from far, in one drawing: a rectangle a node in the colour of its state, a few paths for all edges. Text and ports
 * could not be read or hit there, and a thousand live elements would be slow to open and to pan. Names stand beside the pointer.
 */
export function Overview(): ReactNode {
  const canvas = useCanvas()
  const { graph, selection } = canvas
  const [pointed, setPointed] = useState<string>()
  const chosen = useMemo(() => new Set(selection.nodes), [selection.nodes])
  const bundles = useMemo(
    () => bundleEdges(graph.edges, graph.nodes, new Set(selection.edges)),
    [graph.edges, graph.nodes, selection.edges],
  )
  useBoxSelection()
  const zoom = useStore(({ transform }) => transform[2])
  const root = useStore(({ domNode }) => domNode)
  useLayoutEffect(() => root?.style.setProperty('--sx-pixel', `${1 / zoom}px`), [root, zoom])

  const click = (event: MouseEvent): void => {
    const id = dotAt(event)
    if (!id) return
    const others = event.ctrlKey || event.metaKey ? selection.nodes.filter((other) => other !== id) : []
    const off = others.length > 0 && chosen.has(id)
    canvas.select(off ? others : [...others, id], [], true)
    canvas.flow?.focus(off ? (others.at(-1) ?? id) : id)
  }
  const openMenu = (event: MouseEvent): void => {
    const id = dotAt(event)
    if (!id) return
    event.preventDefault()
    if (!chosen.has(id)) canvas.select([id], [], true)
    canvas.show({ kind: 'menu', x: event.clientX, y: event.clientY })
  }
  const near = pointed === undefined ? undefined : graph.nodes.find(({ id }) => id === pointed)
  return (
    <>
      <ViewportPortal>
        {/* Screen readers and keys have the tab stop of the graph and the outline; this is for the pointer and the eye. */}
        <svg
          className="sx-overview"
          aria-hidden="true"
          onClick={click}
          onDoubleClick={() => canvas.toggle('inspector', true)}
          onContextMenu={openMenu}
          onPointerOver={(event) => setPointed(event.buttons === 0 ? dotAt(event) : undefined)}
          onPointerDown={() => setPointed(undefined)}
          onPointerLeave={() => setPointed(undefined)}
        >
          {bundles.map(({ key, className, d }) => (
            <path key={key} className={className} d={d} />
          ))}
          {graph.nodes.map((node) => (
            <Dot key={node.id} node={node} selected={chosen.has(node.id)} />
          ))}
        </svg>
      </ViewportPortal>
      {near && <DotName node={near} />}
    </>
  )
}

const dotAt = ({ target }: { target: EventTarget }): string | undefined =>
  target instanceof SVGElement ? target.dataset.id : undefined

const Dot = memo(function Dot({ node, selected }: { node: FlowNode; selected: boolean }): ReactNode {
  const { id, position, data } = node
  const state = useRunNode(id)?.state ?? 'none'
  const problem = data.problem ? ` sx-dot-${data.problem.severity}` : ''
  return (
    <rect
      className={`sx-dot sx-dot-${state}${problem}${selected ? ' sx-selected' : ''}`}
      data-id={id}
      x={position.x}
      y={position.y}
      width={NODE_WIDTH}
      height={data.height}
      rx={8}
    />
  )
})

/** Name and state of the node under the pointer, below it and inside the view. */
function DotName({ node: { id, position, data } }: { node: FlowNode }): ReactNode {
  const { t } = useCanvas()
  const word = useText(COMMON)
  const live = useRunNode(id)
  const [x, y, zoom] = useStore(({ transform }) => transform)
  const width = useStore((store) => store.width)
  const room = width - (position.x * zoom + x)
  const words = [data.problem?.message, live && stateWords(live, t, word)].filter(Boolean).join(' · ')
  return (
    <div
      className="sx-hint sx-dot-name"
      aria-hidden="true"
      style={{
        top: (position.y + data.height) * zoom + y + 4,
        ...(room < width / 2 ? { right: room - NODE_WIDTH * zoom } : { left: position.x * zoom + x }),
      }}
    >
      <span>
        <strong>{id}</strong> {words || data.module}
      </span>
    </div>
  )
}

/** Selects what lies whole inside the box that is being drawn; the flow itself knows only the nodes that it draws. */
function useBoxSelection(): void {
  const { graph, reselect } = useCanvas()
  const box = useStore(({ userSelectionActive, userSelectionRect }) => (userSelectionActive ? userSelectionRect : null))
  const transform = useStore((store) => store.transform)
  useEffect(() => {
    if (!box) return
    const [x, y, zoom] = transform
    const left = (box.x - x) / zoom
    const top = (box.y - y) / zoom
    const inside = graph.nodes.filter(
      ({ position, data }) =>
        position.x >= left &&
        position.y >= top &&
        position.x + NODE_WIDTH <= left + box.width / zoom &&
        position.y + data.height <= top + box.height / zoom,
    )
    const ids = inside.map(({ id }) => id)
    const known = new Set(ids)
    const edges = graph.edges.filter(({ source, target }) => known.has(source) || known.has(target))
    reselect(() => ({ nodes: ids, edges: edges.map(({ id }) => id) }))
  }, [box, transform, graph, reselect])
}
