import type { Cell } from './architecture.ts'

/** Pixels. */
export const BOX = { width: 128, head: 20, row: 20, gap: 16, between: 56 } as const
const MARGIN = 8

export interface Placed {
  /** Number of the state; undefined: what the cell gives. */
  state: number | undefined
  x: number
  y: number
  height: number
  operations: string[]
}

export interface Line {
  from: { x: number; y: number }
  to: { x: number; y: number }
  /** Towards the output, where nothing happens to it: down beside the boxes, then below all of them. */
  out: boolean
}

export interface CellLayout {
  width: number
  height: number
  boxes: Placed[]
  lines: Line[]
}

/**
 * Places a cell from left to right: each node stands right of what it takes, and below all nodes before it, so that no line runs behind a box
 * of its own column. Every node goes to the output, which stands below.
 */
export function layoutCell({ inputs, nodes }: Cell): CellLayout {
  const column = new Map<number, number>()
  const boxes = new Map<number, Placed>()
  let y = MARGIN
  const place = (state: number, at: number, operations: string[]): void => {
    const height = BOX.head + operations.length * BOX.row
    boxes.set(state, { state, x: MARGIN + at * (BOX.width + BOX.between), y, height, operations })
    column.set(state, at)
    y += height + BOX.gap
  }
  for (let state = 0; state < inputs; state++) place(state, 0, [])
  for (const { number, takes } of nodes) {
    const at = 1 + Math.max(0, ...takes.map(({ from }) => column.get(from) ?? 0))
    place(
      number,
      at,
      takes.map(({ operation }) => operation),
    )
  }
  const last = Math.max(0, ...column.values())
  const output: Placed = {
    state: undefined,
    x: MARGIN + (last + 1) * (BOX.width + BOX.between),
    y,
    height: BOX.head,
    operations: [],
  }
  const lines = nodes.flatMap(({ number, takes }): Line[] => {
    const target = boxes.get(number)
    return takes.flatMap(({ from }, row) => {
      const source = boxes.get(from)
      if (!source || !target) return []
      const to = { x: target.x, y: target.y + BOX.head + (row + 0.5) * BOX.row }
      return [{ from: outOf(source), to, out: false }]
    })
  })
  for (const { number } of nodes) {
    const source = boxes.get(number)
    if (source) lines.push({ from: outOf(source), to: { x: output.x, y: output.y + output.height / 2 }, out: true })
  }
  return {
    width: output.x + BOX.width + MARGIN,
    height: output.y + output.height + MARGIN,
    boxes: [...boxes.values(), output],
    lines,
  }
}

const outOf = ({ x, y, height }: Placed): Line['from'] => ({ x: x + BOX.width, y: y + height / 2 })
