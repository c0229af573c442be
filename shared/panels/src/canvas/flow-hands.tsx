import { getViewportForBounds, type Transform, useReactFlow, useStore, useStoreApi, type Viewport } from '@xyflow/react'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { NODE_HEIGHT, NODE_WIDTH } from './auto-layout.ts'
import { boundsOf } from './bounds.ts'
import { useCanvas } from './canvas.ts'
import type { FlowNode } from './graph-model.ts'

/** Pixels left free beside what is brought into view. */
const EDGE = 8
/** A view whose width or height changes by more than this factor is another view. */
const OTHER_SIZE = 1.5
const FIT = { padding: 0.15, maxZoom: 1, minZoom: 0.05 }

/** Gives the canvas its hands in the drawn flow, and tells when the graph is larger than the view. */
export function FlowHandsBinder({
  calm,
  box,
  onOverflow,
}: {
  /** True when nothing shall glide. */
  calm(): boolean
  box: RefObject<HTMLDivElement | null>
  onOverflow(overflow: boolean): void
}): null {
  const canvas = useCanvas()
  const flow = useReactFlow()
  const store = useStoreApi()
  const { setFlow } = canvas
  const nodes = canvas.graph.nodes
  const drawn = useRef(nodes)
  drawn.current = nodes
  const fitted = useRef<Fitted>(undefined)
  const size = useRef<Size>({ width: 0, height: 0 })
  const looked = useRef(canvas.node)
  looked.current = canvas.node

  const fit = useCallback(
    (duration: number) => {
      const { offsetWidth: width, offsetHeight: height } = box.current ?? { offsetWidth: 0, offsetHeight: 0 }
      if (width === 0) return
      const { padding, minZoom, maxZoom } = FIT
      const view = getViewportForBounds(boundsOf(drawn.current), width, height, minZoom, maxZoom, padding)
      fitted.current = { ...view, width, height }
      void flow.setViewport(view, { duration })
    },
    [flow, box],
  )
  // Once, as soon as the view has a size. What comes later, even the first node of an empty canvas, does not move the view.
  const sized = useStore(({ panZoom, width }) => panZoom !== null && width > 0)
  useLayoutEffect(() => {
    if (sized) fit(0)
  }, [sized, fit])
  // A split that opens or closes makes another view of it: it is fitted anew unless the user has moved or zoomed it. In any other view the
  // node that is looked at stays in sight, as when the inspector opens beside it.
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      const last = fitted.current
      const [before, now] = [size.current, { width: element.offsetWidth, height: element.offsetHeight }]
      if (now.width === 0) return
      size.current = now
      const view = store.getState().transform
      const untouched = !last || isUntouched(last, view)
      if (untouched && (!last || isOther(last.width, now.width) || isOther(last.height, now.height))) return fit(0)
      const node = drawn.current.find(({ id }) => id === looked.current)
      const [x, y] = node ? stay(node, view, before, now) : [0, 0]
      if (x === 0 && y === 0) return
      const moved = { x: view[0] + x, y: view[1] + y, zoom: view[2] }
      if (untouched) fitted.current = { ...last, ...moved }
      void flow.setViewport(moved, { duration: 0 })
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [fit, box, store, flow])

  useEffect(() => {
    const duration = (): number => (calm() ? 0 : 150)
    const nodeElement = (id: string): HTMLElement | null =>
      box.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`) ?? null
    setFlow({
      fit: () => fit(duration()),
      zoom: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration: duration() }),
      focus: (id) => focusWhenDrawn(() => nodeElement(id)),
      reveal(id) {
        const frame = box.current?.getBoundingClientRect()
        const node = drawn.current.find((one) => one.id === id)
        if (!frame || !node) return
        const at = flow.flowToScreenPosition(node.position)
        const zoom = flow.getZoom()
        const right = at.x + NODE_WIDTH * zoom
        const bottom = at.y + node.data.height * zoom
        const seen = at.x >= frame.left && right <= frame.right && at.y >= frame.top && bottom <= frame.bottom
        const { x, y } = node.position
        // Of a node at the left edge the words at its inputs may be cut off: as much of a step as they need.
        const hidden = frame.left + EDGE - (at.x - node.data.left * zoom)
        const view = store.getState().transform
        if (!seen) void flow.setCenter(x + NODE_WIDTH / 2, y + NODE_HEIGHT / 2, { zoom, duration: duration() })
        else if (node.data.left > 0 && hidden > 0)
          void flow.setViewport({ x: view[0] + hidden, y: view[1], zoom }, { duration: duration() })
        focusWhenDrawn(() => nodeElement(id))
      },
      middle() {
        const frame = box.current?.getBoundingClientRect() ?? new DOMRect()
        const point = flow.screenToFlowPosition({ x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 })
        return { x: point.x - NODE_WIDTH / 2, y: point.y - 32 }
      },
      toCanvas: (x, y) => flow.screenToFlowPosition({ x, y }),
      toScreen(point) {
        const [x, y, zoom] = store.getState().transform
        return { x: point.x * zoom + x, y: point.y * zoom + y }
      },
    })
    return () => setFlow(undefined)
  }, [flow, store, setFlow, calm, box, fit])

  const bounds = useMemo(() => boundsOf(nodes), [nodes])
  const overflow = useStore(
    ({ transform: [x, y, zoom], width, height }) =>
      width > 0 &&
      (bounds.x * zoom + x < -1 ||
        bounds.y * zoom + y < -1 ||
        (bounds.x + bounds.width) * zoom + x > width + 1 ||
        (bounds.y + bounds.height) * zoom + y > height + 1),
  )
  useEffect(() => onOverflow(overflow), [overflow, onOverflow])
  return null
}

interface Size {
  width: number
  height: number
}

/** The view that was last fitted, and into what size. */
type Fitted = Viewport & Size

/** How far a view must move so that a node which was in sight before its size changed still is; pixels to the right and down. */
function stay(node: FlowNode, [x, y, zoom]: Transform, before: Size, now: Size): [number, number] {
  const along = (start: number, length: number, old: number, room: number): number => {
    const end = start + length
    if (start < 0 || end > old || end <= room - EDGE) return 0
    return Math.max(EDGE - start, room - EDGE - end)
  }
  return [
    along(node.position.x * zoom + x, NODE_WIDTH * zoom, before.width, now.width),
    along(node.position.y * zoom + y, node.data.height * zoom, before.height, now.height),
  ]
}

const isUntouched = ({ x, y, zoom }: Fitted, [nowX, nowY, nowZoom]: Transform): boolean =>
  Math.abs(x - nowX) < 1 && Math.abs(y - nowY) < 1 && Math.abs(zoom / nowZoom - 1) < 0.001

const isOther = (before: number, now: number): boolean => now > before * OTHER_SIZE || before > now * OTHER_SIZE

const TRIES = 20

/** In a large graph only what is in view is drawn: the node may appear some frames later. */
function focusWhenDrawn(find: () => HTMLElement | null, tries = TRIES): void {
  const element = find()
  if (element) element.focus({ preventScroll: true })
  else if (tries > 0) requestAnimationFrame(() => focusWhenDrawn(find, tries - 1))
}
