import type { WorkflowLayout } from '@secxops/protocol/workflow'

type Point = { x: number; y: number }
type Positions = WorkflowLayout['nodes']

/** Where nodes stood before and stand after a step; an absent side: the node had or has no place. */
export type Moves = Record<string, { from?: Point | undefined; to?: Point | undefined }>

/** What differs between two layouts. */
export function movesBetween(before: Positions, after: Positions): Moves {
  const moves: Moves = {}
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [from, to] = [before[id], after[id]]
    if (from?.x !== to?.x || from?.y !== to?.y) moves[id] = { from, to }
  }
  return moves
}

/** Positions after a step, or before it (`back`). */
export function moved(positions: Positions, moves: Moves, back = false): Positions {
  const result = { ...positions }
  for (const [id, { from, to }] of Object.entries(moves)) {
    const at = back ? from : to
    if (at) result[id] = at
    else delete result[id]
  }
  return result
}
