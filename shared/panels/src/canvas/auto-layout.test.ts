import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layoutGraph, NODE_HEIGHT, NODE_WIDTH, type Point } from './auto-layout.ts'
import { placeNodes } from './placement.ts'

const dag = fc.integer({ min: 1, max: 25 }).chain((size) =>
  fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 60 }).map((pairs) => ({
    ids: Array.from({ length: size }, (_, index) => `n${index}`),
    links: pairs.filter(([a, b]) => a < b).map(([a, b]) => ({ from: `n${a}`, to: `n${b}` })),
  })),
)

const overlap = (a: Point, b: Point): boolean => Math.abs(a.x - b.x) < NODE_WIDTH && Math.abs(a.y - b.y) < NODE_HEIGHT

function overlaps(places: Record<string, Point>): string[] {
  const list = Object.entries(places)
  return list.flatMap(([a, pa], index) =>
    list.slice(index + 1).flatMap(([b, pb]) => (overlap(pa, pb) ? `${a}/${b}` : [])),
  )
}

test('every edge points right and no node covers another', () => {
  fc.assert(
    fc.property(dag, ({ ids, links }) => {
      const places = layoutGraph(ids, links)
      expect(Object.keys(places).sort()).toEqual(ids.toSorted())
      for (const { from, to } of links) expect(places[from]?.x).toBeLessThan(places[to]?.x ?? 0)
      expect(overlaps(places)).toEqual([])
    }),
  )
})

test('a graph with a cycle is still laid out without overlaps', () => {
  const places = layoutGraph(
    ['a', 'b', 'c'],
    [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
      { from: 'b', to: 'c' },
    ],
  )
  expect(overlaps(places)).toEqual([])
})

test('a straight chain stands on one line', () => {
  const places = layoutGraph(
    ['a', 'b', 'c'],
    [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
    ],
  )
  expect(new Set(Object.values(places).map(({ y }) => y)).size).toBe(1)
})

test('two chains beside each other do not cross', () => {
  const links = [
    { from: 'a', to: 'y' },
    { from: 'b', to: 'x' },
    { from: 'y', to: 'q' },
    { from: 'x', to: 'p' },
  ]
  const p = layoutGraph(['a', 'b', 'x', 'y', 'p', 'q'], links)
  const above = (one: string, other: string): boolean => (p[one]?.y ?? 0) < (p[other]?.y ?? 0)
  expect([above('y', 'x'), above('q', 'p')]).toEqual([above('a', 'b'), above('a', 'b')])
})

test('stored places are kept and a new node finds room right of what it needs', () => {
  fc.assert(
    fc.property(dag, fc.infiniteStream(fc.boolean()), ({ ids, links }, keep) => {
      const all = layoutGraph(ids, links)
      const stored = Object.fromEntries(Object.entries(all).filter(() => keep.next().value))
      const places = placeNodes(ids, links, stored)
      for (const [id, place] of Object.entries(stored)) expect(places[id]).toEqual(place)
      expect(Object.keys(places).sort()).toEqual(ids.toSorted())
      expect(overlaps(places)).toEqual([])
    }),
  )
})
