import { NODE_WIDTH } from './auto-layout.ts'
import type { FlowNode } from './graph-model.ts'

export interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

/** Rectangle around nodes and what hangs at their left: the words that tell an input's outside source. Around none: a node's place at the origin. */
export function boundsOf(nodes: Pick<FlowNode, 'position' | 'data'>[]): Bounds {
  if (nodes.length === 0) return { x: 0, y: 0, width: NODE_WIDTH, height: 0 }
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { position, data } of nodes) {
    left = Math.min(left, position.x - data.left)
    top = Math.min(top, position.y)
    right = Math.max(right, position.x + NODE_WIDTH)
    bottom = Math.max(bottom, position.y + data.height)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}
