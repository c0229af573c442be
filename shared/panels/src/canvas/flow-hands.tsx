import { useReactFlow, useStore, useStoreApi } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'
import { NODE_WIDTH } from './auto-layout.ts'
import { useCanvas } from './canvas.ts'

const FIT = { padding: 0.15, maxZoom: 1, minZoom: 0.1 }

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

  useEffect(() => {
    const duration = (): number => (calm() ? 0 : 150)
    const nodeElement = (id: string): HTMLElement | null =>
      box.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`) ?? null
    setFlow({
      fit: () => void flow.fitView({ ...FIT, duration: duration() }),
      zoom: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration: duration() }),
      reveal(id) {
        const element = nodeElement(id)
        const frame = box.current?.getBoundingClientRect()
        const seen = element?.getBoundingClientRect()
        if (!element || !frame || !seen) return
        const outside =
          seen.left < frame.left || seen.right > frame.right || seen.top < frame.top || seen.bottom > frame.bottom
        if (outside) {
          const node = flow.getNode(id)
          if (node)
            void flow.setCenter(node.position.x + NODE_WIDTH / 2, node.position.y + 32, {
              zoom: flow.getZoom(),
              duration: duration(),
            })
        }
        element.focus({ preventScroll: true })
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
  }, [flow, store, setFlow, calm, box])

  const overflow = useStore(({ transform: [x, y, zoom], width, height }) => {
    if (width === 0) return false
    return nodes.some(
      ({ position, data }) =>
        position.x * zoom + x < -1 ||
        position.y * zoom + y < -1 ||
        (position.x + NODE_WIDTH) * zoom + x > width + 1 ||
        (position.y + data.height) * zoom + y > height + 1,
    )
  })
  useEffect(() => onOverflow(overflow), [overflow, onOverflow])
  return null
}
