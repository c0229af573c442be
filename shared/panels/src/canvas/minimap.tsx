import { Panel, useReactFlow, useStore } from '@xyflow/react'
import { type PointerEvent, type ReactNode, useMemo } from 'react'
import { NODE_WIDTH } from './auto-layout.ts'
import { type Bounds, boundsOf } from './bounds.ts'
import { useCanvas } from './canvas.ts'

const WIDTH = 200
const HEIGHT = 150
const ZOOM_PX = 500

/** The whole graph in a corner as one path, with what is not in view veiled. Dragging moves the view, the wheel zooms. */
export function Minimap(): ReactNode {
  const { graph, t } = useCanvas()
  const flow = useReactFlow()
  const [x, y, zoom] = useStore(({ transform }) => transform)
  const width = useStore((store) => store.width)
  const height = useStore((store) => store.height)
  const [bounds, nodes] = useMemo(
    () => [
      boundsOf(graph.nodes),
      graph.nodes.map(({ position, data }) => box({ ...position, ...sizeOf(data) })).join(''),
    ],
    [graph.nodes],
  )
  const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
  const frame = frameOf(bounds, view)
  const drag = (event: PointerEvent): void => {
    if ((event.buttons & 1) === 0) return
    const scale = (frame.width / WIDTH) * zoom
    const now = flow.getViewport()
    void flow.setViewport({ ...now, x: now.x - event.movementX * scale, y: now.y - event.movementY * scale })
  }
  return (
    <Panel position="bottom-right" className="sx-minimap">
      <svg
        role="img"
        aria-label={t('minimap')}
        width={WIDTH}
        height={HEIGHT}
        viewBox={`${frame.x} ${frame.y} ${frame.width} ${frame.height}`}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onWheel={({ deltaY }) => void flow.zoomTo(zoom * 2 ** (-deltaY / ZOOM_PX))}
      >
        <path className="sx-minimap-nodes" d={nodes} />
        <path className="sx-minimap-veil" fillRule="evenodd" d={box(frame) + box(view)} />
      </svg>
    </Panel>
  )
}

const sizeOf = ({ height }: { height: number }): Pick<Bounds, 'width' | 'height'> => ({ width: NODE_WIDTH, height })

const box = ({ x, y, width, height }: Bounds): string => `M${x} ${y}h${width}v${height}h${-width}z`

/** What the minimap shows: graph and view with a margin, in the minimap's own proportions. */
function frameOf(graph: Bounds, view: Bounds): Bounds {
  const left = Math.min(graph.x, view.x)
  const top = Math.min(graph.y, view.y)
  const right = Math.max(graph.x + graph.width, view.x + view.width)
  const bottom = Math.max(graph.y + graph.height, view.y + view.height)
  const scale = 1.05 * Math.max((right - left) / WIDTH, (bottom - top) / HEIGHT)
  return {
    x: (left + right - scale * WIDTH) / 2,
    y: (top + bottom - scale * HEIGHT) / 2,
    width: scale * WIDTH,
    height: scale * HEIGHT,
  }
}
