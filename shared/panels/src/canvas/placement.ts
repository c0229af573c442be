import { GAP_X, gapBefore, layoutGraph, NODE_HEIGHT, NODE_WIDTH, type NodeSize, type Point } from './auto-layout.ts'

interface Link {
  from: string
  to: string
}

/**
 * Where every node stands: stored places stay untouched; when none is stored, all are laid out; a node without a place
 * beside placed ones (it was written as text) goes right of what it needs, or left of what needs it, where there is room.
 */
export function placeNodes(
  ids: string[],
  links: Link[],
  stored: Record<string, Point>,
  sizes: Record<string, NodeSize> = {},
): Record<string, Point> {
  const missing = ids.filter((id) => !stored[id])
  if (missing.length === 0) return stored
  if (missing.length === ids.length) return layoutGraph(ids, links, sizes)
  const places: Record<string, Point> = {}
  for (const id of ids) {
    const place = stored[id]
    if (place) places[id] = place
  }
  const hints = layoutGraph(ids, links, sizes)
  for (const id of missing.sort((a, b) => (hints[a]?.x ?? 0) - (hints[b]?.x ?? 0))) {
    const before = links.flatMap((link) => (link.to === id ? (places[link.from] ?? []) : []))
    const after = links.flatMap((link) => (link.from === id ? (places[link.to] ?? []) : []))
    places[id] = freePlace(
      wished(before, after, gapBefore(sizes[id]), hints[id] ?? { x: 0, y: 0 }),
      Object.values(places),
    )
  }
  return places
}

function wished(before: Point[], after: Point[], gap: number, fallback: Point): Point {
  const middle = (points: Point[]): number => points.reduce((sum, point) => sum + point.y, 0) / points.length
  if (before.length > 0) return { x: Math.max(...before.map((p) => p.x)) + NODE_WIDTH + gap, y: middle(before) }
  if (after.length > 0) return { x: Math.min(...after.map((p) => p.x)) - NODE_WIDTH - GAP_X, y: middle(after) }
  return fallback
}

/** The wished place, or the first one below it that covers no other node. */
export function freePlace(wish: Point, taken: Point[]): Point {
  const place = { x: Math.round(wish.x), y: Math.round(wish.y) }
  const covers = (other: Point): boolean =>
    Math.abs(other.x - place.x) < NODE_WIDTH + 16 && Math.abs(other.y - place.y) < NODE_HEIGHT + 16
  while (taken.some(covers)) place.y += 16
  return place
}
