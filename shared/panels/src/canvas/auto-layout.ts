import { topologicalOrder } from '@secxops/protocol/graph'

export interface Point {
  x: number
  y: number
}

interface Link {
  from: string
  to: string
}

export const NODE_WIDTH = 200
export const NODE_HEIGHT = 64
/** Free width between columns: room for the curve of an edge and the names of its ports. */
export const GAP_X = 104
/** Least distance of a chip to the node left of it. */
const CHIP_CLEAR = 24
const GAP = 40
const GRID = 8
const SWEEPS = 12
/** Free height on each side of an edge that passes a column; room for its ports to stand off the middle. */
const LANE = 28
/** How much more a passing edge wants to stay straight than a node wants to stand at the mean of its neighbours. */
const STRAIGHT = 8

export interface NodeSize {
  height: number
  /** Room that hangs left of the node's box. */
  left: number
}

/** Free width that a node wants left of it. */
export const gapBefore = (size: NodeSize | undefined): number =>
  Math.max(GAP_X, Math.ceil(((size?.left ?? 0) + CHIP_CLEAR) / GRID) * GRID)

/** A place in a column: a node, or a bend (height 0) of an edge that passes the column. */
interface Slot {
  height: number
  order: number
  y: number
  before: Slot[]
  after: Slot[]
}

/**
 * Layered layout from left to right: columns by longest path, order in a column by the mean of its neighbours, heights
 * by least squares under a fixed distance. Linear enough for 1,000 nodes in a few milliseconds, so it needs no worker.
 * `hints`: present places; they decide the first order, so that a picture the user knows stays recognisable.
 */
export function layoutGraph(
  ids: string[],
  links: Link[],
  sizes: Record<string, NodeSize> = {},
  hints: Record<string, Point> = {},
): Record<string, Point> {
  const known = new Set(ids)
  const inside = links.filter((link) => known.has(link.from) && known.has(link.to) && link.from !== link.to)
  const ranks = rank(ids, inside)
  const columns: Slot[][] = []
  const add = (column: number, height: number, order: number): Slot => {
    const slot: Slot = { height, order, y: 0, before: [], after: [] }
    const list = columns[column]
    if (list) list.push(slot)
    else columns[column] = [slot]
    return slot
  }
  for (let column = 0; column <= Math.max(0, ...ranks.values()); column++) columns[column] = []
  const slots = new Map<string, Slot>()
  ids.forEach((id, index) => {
    slots.set(id, add(ranks.get(id) ?? 0, sizes[id]?.height ?? NODE_HEIGHT, hints[id]?.y ?? index))
  })
  for (const { from, to } of inside) {
    const [a, b] = (ranks.get(from) ?? 0) <= (ranks.get(to) ?? 0) ? [from, to] : [to, from]
    let last = slots.get(a)
    const end = slots.get(b)
    if (!last || !end) continue
    for (let column = (ranks.get(a) ?? 0) + 1; column < (ranks.get(b) ?? 0); column++) {
      const bend = add(column, 0, last.order)
      join(last, bend)
      last = bend
    }
    join(last, end)
  }
  arrange(columns)
  return points(ids, ranks, slots, sizes)
}

function join(a: Slot, b: Slot): void {
  a.after.push(b)
  b.before.push(a)
}

/** Column of each node: one right of its furthest predecessor; a node without predecessors stands next to its first successor. */
function rank(ids: string[], links: Link[]): Map<string, number> {
  const order = topologicalOrder(ids, links)
  const ordered = new Set(order)
  const all = [...order, ...ids.filter((id) => !ordered.has(id))]
  const place = new Map(all.map((id, index) => [id, index]))
  // Links that close a cycle (only in a broken workflow) are left out of the ranking.
  const forward = links.filter(({ from, to }) => (place.get(from) ?? 0) < (place.get(to) ?? 0))
  const before = Map.groupBy(forward, (link) => link.to)
  const after = Map.groupBy(forward, (link) => link.from)
  const ranks = new Map<string, number>()
  for (const id of all) ranks.set(id, Math.max(0, ...(before.get(id) ?? []).map((l) => (ranks.get(l.from) ?? 0) + 1)))
  for (const id of all) {
    const next = after.get(id)
    if (!before.has(id) && next) ranks.set(id, Math.min(...next.map((l) => ranks.get(l.to) ?? 1)) - 1)
  }
  return ranks
}

function arrange(columns: Slot[][]): void {
  for (const column of columns) sortColumn(column, (slot) => slot.order)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0
    for (const column of forward ? columns : columns.toReversed())
      sortColumn(column, (slot) => mean(forward ? slot.before : slot.after, (s) => s.order) ?? slot.order)
  }
  for (const column of columns) spread(column, () => 0)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0
    for (const column of forward ? columns : columns.toReversed())
      spread(column, (slot) => mean(forward ? slot.before : slot.after, (s) => s.y) ?? slot.y)
  }
}

function sortColumn(column: Slot[], key: (slot: Slot) => number): void {
  const keyed = column.map((slot) => ({ slot, key: key(slot) })).sort((a, b) => a.key - b.key)
  keyed.forEach(({ slot }, index) => {
    column[index] = slot
    slot.order = index - (keyed.length - 1) / 2
  })
}

const weight = (slot: Slot): number => (slot.height === 0 ? STRAIGHT : 1)

function mean(slots: Slot[], value: (slot: Slot) => number): number | undefined {
  if (slots.length === 0) return undefined
  let sum = 0
  let weights = 0
  for (const slot of slots) {
    sum += weight(slot) * value(slot)
    weights += weight(slot)
  }
  return sum / weights
}

/** Heights (of middles) nearest to the wished ones that keep the order and the distance: isotonic regression by pooling. */
function spread(column: Slot[], wish: (slot: Slot) => number): void {
  let offset = 0
  const offsets = column.map((slot, index) => {
    const above = column[index - 1]
    if (above) offset += (above.height + slot.height) / 2 + (above.height && slot.height ? GAP : LANE)
    return offset
  })
  const pools: { sum: number; weight: number; count: number }[] = []
  column.forEach((slot, index) => {
    const own = weight(slot)
    let pool = { sum: own * (wish(slot) - (offsets[index] ?? 0)), weight: own, count: 1 }
    for (let last = pools.at(-1); last && last.sum / last.weight >= pool.sum / pool.weight; last = pools.at(-1)) {
      pool = { sum: pool.sum + last.sum, weight: pool.weight + last.weight, count: pool.count + last.count }
      pools.pop()
    }
    pools.push(pool)
  })
  let index = 0
  for (const pool of pools) {
    for (let i = 0; i < pool.count; i++, index++) {
      const slot = column[index]
      if (slot) slot.y = pool.sum / pool.weight + (offsets[index] ?? 0)
    }
  }
}

function points(
  ids: string[],
  ranks: Map<string, number>,
  slots: Map<string, Slot>,
  sizes: Record<string, NodeSize>,
): Record<string, Point> {
  const gaps: number[] = []
  for (const id of ids) {
    const rank = ranks.get(id) ?? 0
    gaps[rank] = Math.max(gaps[rank] ?? 0, gapBefore(sizes[id]))
  }
  const lefts = [0]
  for (let rank = 1; rank < gaps.length; rank++)
    lefts[rank] = (lefts[rank - 1] ?? 0) + NODE_WIDTH + (gaps[rank] ?? GAP_X)
  const tops = ids.map((id) => {
    const slot = slots.get(id)
    return { id, y: slot ? slot.y - slot.height / 2 : 0 }
  })
  const top = Math.min(...tops.map(({ y }) => y))
  const snap = (value: number): number => Math.round(value / GRID) * GRID
  return Object.fromEntries(tops.map(({ id, y }) => [id, { x: lefts[ranks.get(id) ?? 0] ?? 0, y: snap(y - top) }]))
}
