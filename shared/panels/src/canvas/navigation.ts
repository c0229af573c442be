import type { GraphModel } from './graph-model.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

/** The node that an arrow key leads to: along an edge to the right or left, else the nearest node that way. */
export function neighbour(graph: GraphModel, from: string | undefined, direction: Direction): string | undefined {
  const here = graph.nodes.find(({ id }) => id === from)
  if (!here) return graph.nodes[0]?.id
  const linked =
    direction === 'right'
      ? graph.links.filter((link) => link.from === from).map((link) => link.to)
      : direction === 'left'
        ? graph.links.filter((link) => link.to === from).map((link) => link.from)
        : []
  const pool = linked.length > 0 ? graph.nodes.filter(({ id }) => linked.includes(id)) : graph.nodes
  let best: { id: string; distance: number } | undefined
  for (const { id, position } of pool) {
    if (id === from) continue
    const dx = position.x - here.position.x
    const dy = position.y - here.position.y
    const [ahead, aside] = { right: [dx, dy], left: [-dx, dy], down: [dy, dx], up: [-dy, dx] }[direction]
    if (linked.length === 0 && (ahead ?? 0) <= 0) continue
    const distance = Math.abs(ahead ?? 0) + 3 * Math.abs(aside ?? 0)
    if (!best || distance < best.distance) best = { id, distance }
  }
  return best?.id
}
