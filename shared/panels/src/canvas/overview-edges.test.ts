import { parseWorkflow } from '@secxops/protocol/workflow-document'
import { expect, test } from 'vitest'
import { checkOf, largeWorkflow, PATH } from './fixtures.ts'
import { buildGraph, type GraphModel } from './graph-model.ts'
import { bundleEdges } from './overview-edges.ts'

function graphOf(size: number): GraphModel {
  const { workflow } = parseWorkflow(largeWorkflow(size), PATH)
  if (!workflow) throw new Error('the fixture is broken')
  return buildGraph(workflow, checkOf(workflow).modules, [], {})
}

const curves = (d: string): number => d.split('M').length - 1

test('every edge is drawn once, in few paths, each of one look', () => {
  const { nodes, edges } = graphOf(1000)
  const bundles = bundleEdges(edges, nodes, new Set())
  expect(bundles.reduce((sum, { d }) => sum + curves(d), 0)).toBe(edges.length)
  expect(bundles.length).toBeLessThan(edges.length / 20)
  expect(new Set(bundles.map(({ className }) => className))).toEqual(new Set(['sx-edge-data', 'sx-edge-order']))
  expect(new Set(bundles.map(({ key }) => key)).size).toBe(bundles.length)
})

test('a selected edge lies over the others, from port to port', () => {
  const { nodes, edges } = graphOf(60)
  const edge = edges.find(({ id }) => id === 'n0.rows>n25.rows')
  const from = nodes.find(({ id }) => id === 'n0')
  const to = nodes.find(({ id }) => id === 'n25')
  if (!edge || !from || !to) throw new Error('the fixture lacks n0.rows>n25.rows')
  const last = bundleEdges(edges, nodes, new Set([edge.id])).at(-1)
  expect(last?.className).toBe('sx-edge-data sx-selected')
  const ends = last?.d
    .match(/^M([\d.-]+),([\d.-]+) .* ([\d.-]+),([\d.-]+)$/)
    ?.slice(1)
    .map(Number)
  expect(ends).toEqual([from.position.x + 205, from.position.y + 27, to.position.x - 5, to.position.y + 27])
})
