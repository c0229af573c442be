import { getBezierPath, Position } from '@xyflow/react'
import { NODE_WIDTH } from './auto-layout.ts'
import type { FlowEdge, FlowNode } from './graph-model.ts'
import { handleTop, PORT } from './ports.ts'

/** Some edges of the same look in one path. */
export interface EdgeBundle {
  /** Id of its first edge. */
  key: string
  className: string
  d: string
}

/** Curves in one path: few paths are fast to build, short ones fast to paint, as only those in the changed part are gone through. */
const BUNDLE = 32

/** All edges as few paths, the same curves as near; selected ones last, so that they lie over the others. */
export function bundleEdges(edges: FlowEdge[], nodes: FlowNode[], selected: ReadonlySet<string>): EdgeBundle[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const looks = Map.groupBy(edges, ({ id, className }) => `${className}${selected.has(id) ? ' sx-selected' : ''}`)
  const bundles: EdgeBundle[] = []
  for (const [className, list] of [...looks].sort(([a], [b]) => Number(isSelected(a)) - Number(isSelected(b)))) {
    for (let start = 0; start < list.length; start += BUNDLE) {
      const some = list.slice(start, start + BUNDLE)
      bundles.push({ key: some[0]?.id ?? '', className, d: some.map((edge) => curve(edge, byId)).join('') })
    }
  }
  return bundles
}

const isSelected = (className: string): boolean => className.endsWith(' sx-selected')

function curve({ source, sourceHandle, target, targetHandle }: FlowEdge, nodes: Map<string, FlowNode>): string {
  const from = nodes.get(source)
  const to = nodes.get(target)
  if (!from || !to) return ''
  const [path] = getBezierPath({
    sourceX: from.position.x + NODE_WIDTH + PORT / 2,
    sourceY: from.position.y + handleTop(from.data, sourceHandle ?? '', 'out'),
    targetX: to.position.x - PORT / 2,
    targetY: to.position.y + handleTop(to.data, targetHandle ?? '', 'in'),
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
  })
  return path
}
