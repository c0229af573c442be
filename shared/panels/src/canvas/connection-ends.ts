import type { Canvas } from './canvas.ts'
import { type Judgement, judge, orderProblem } from './edits.ts'
import { ORDER_IN, ORDER_OUT } from './ports.ts'

interface End {
  nodeId: string
  id?: string | null
  type: 'source' | 'target'
}

/** The two ends of a drawn connection, whichever way it was dragged. */
export type Ends =
  | { kind: 'data'; from: string; output: string; to: string; port: string }
  | { kind: 'order'; from: string; to: string }
  /** One end is a data port, the other an order handle. */
  | { kind: 'mixed'; from: string; to: string }

export function endsOf(one: End, other: End): Ends | undefined {
  const source = one.type === 'source' ? one : other
  const target = one.type === 'target' ? one : other
  if (source.type === target.type || !source.id || !target.id) return undefined
  const from = source.nodeId
  const to = target.nodeId
  if (source.id === ORDER_OUT && target.id === ORDER_IN) return { kind: 'order', from, to }
  if (source.id === ORDER_OUT || target.id === ORDER_IN) return { kind: 'mixed', from, to }
  return { kind: 'data', from, output: source.id, to, port: target.id }
}

/** Whether the connection may be made; the same words serve the hint while dragging and the refusal at the drop. */
export function judgeEnds(canvas: Canvas, ends: Ends): Judgement {
  if (ends.kind === 'data') return judge(canvas, `${ends.from}.${ends.output}`, { node: ends.to, port: ends.port })
  if (ends.kind === 'mixed') return { refused: canvas.t('orderToPort') }
  const refused = orderProblem(canvas.state.workflow, canvas.graph.links, ends.from, ends.to, canvas.t)
  return refused ? { refused } : {}
}
