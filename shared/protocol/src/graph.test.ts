import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ancestors, connectionProblem, descendants, edgesOf, findCycle, topologicalOrder } from './graph.ts'
import type { ModuleFile } from './module.ts'
import type { WorkflowFile } from './workflow.ts'

const ids = Array.from({ length: 6 }, (_, i) => `n${i}`)
const anyEdges = fc.array(fc.record({ from: fc.constantFrom(...ids), to: fc.constantFrom(...ids) }), { maxLength: 10 })

/** Reachability by repeated squaring of nothing clever: the oracle. */
function reachable(start: string, edges: { from: string; to: string }[]): Set<string> {
  const found = new Set<string>()
  for (let grown = true; grown; ) {
    grown = false
    for (const { from, to } of edges)
      if ((from === start || found.has(from)) && !found.has(to)) {
        found.add(to)
        grown = true
      }
  }
  return found
}

describe('graphs', () => {
  it('finds a cycle exactly when there is one, and names a real one', () => {
    fc.assert(
      fc.property(anyEdges, (edges) => {
        const cycle = findCycle(ids, edges)
        expect(cycle !== undefined).toBe(ids.some((id) => reachable(id, edges).has(id)))
        expect(topologicalOrder(ids, edges).length === ids.length).toBe(cycle === undefined)
        if (!cycle) return
        expect(cycle.at(0)).toBe(cycle.at(-1))
        expect(new Set(cycle).size).toBe(cycle.length - 1)
        for (const [i, from] of cycle.slice(0, -1).entries()) expect(edges).toContainEqual({ from, to: cycle[i + 1] })
      }),
      { numRuns: 500 },
    )
  })

  it('orders every edge forward', () => {
    fc.assert(
      fc.property(anyEdges, (edges) => {
        const order = topologicalOrder(ids, edges)
        for (const { from, to } of edges)
          if (order.includes(to)) expect(order.indexOf(from)).toBeLessThan(order.indexOf(to))
      }),
    )
  })

  it('knows what comes after and before', () => {
    fc.assert(
      fc.property(anyEdges, fc.constantFrom(...ids), (edges, id) => {
        expect(descendants([id], edges)).toEqual(reachable(id, edges))
        expect(ancestors([id], edges)).toEqual(new Set(ids.filter((other) => reachable(other, edges).has(id))))
      }),
    )
  })

  it('goes through 100,000 nodes in a row without recursion', () => {
    const chain = Array.from({ length: 100_000 }, (_, i) => `c${i}`)
    const edges = chain.slice(1).map((to, i) => ({ from: `c${i}`, to }))
    expect(findCycle(chain, edges)).toBeUndefined()
    expect(findCycle(chain, [...edges, { from: 'c99999', to: 'c0' }])).toHaveLength(100_001)
  })
})

const module = (more: Partial<ModuleFile>): ModuleFile => ({
  apiVersion: 'secxops/v1',
  kind: 'Module',
  name: 'm',
  start: 'x',
  ...more,
})
const modules: Record<string, ModuleFile> = {
  prepare: module({
    inputs: { raw: { type: 'dataset' } },
    outputs: {
      features: { type: 'dataset', path: 'f' },
      report: { type: 'file', path: 'r' },
      code: { type: 'code', path: 'c' },
    },
  }),
  train: module({
    inputs: { data: { type: 'dataset' }, notes: { type: 'file' } },
    outputs: { model: { type: 'model', path: 'm' } },
  }),
}
const workflow: WorkflowFile = {
  apiVersion: 'secxops/v1',
  kind: 'Workflow',
  inputs: { raw: { type: 'dataset' }, base: { type: 'model' } },
  nodes: {
    prepare: { module: './prepare', inputs: { raw: { input: 'raw' } } },
    train: { module: './train', inputs: { data: 'prepare.features' }, after: ['prepare'] },
    other: { module: './other', inputs: { x: 'train.model' } },
  },
}
const why = (fromNode: string, output: string, toNode: string, port: string): [string?, string?] => {
  const problem = connectionProblem(workflow, modules, { fromNode, output }, { toNode, port })
  return [problem?.code, problem?.message]
}

describe('connections', () => {
  it('lists data edges, then order edges', () => {
    expect(edgesOf(workflow)).toEqual([
      { from: 'prepare', output: 'features', to: 'train', port: 'data' },
      { from: 'train', output: 'model', to: 'other', port: 'x' },
      { from: 'prepare', to: 'train' },
    ])
  })

  it.each([
    ['prepare', 'report', 'train', 'notes'],
    ['prepare', 'code', 'train', 'notes'],
    ['prepare', 'features', 'train', 'data'],
    ['train', 'model', 'other', 'unknown'],
  ])('takes %s.%s into %s.%s', (...ends) => {
    expect(why(...ends)).toEqual([undefined, undefined])
  })

  it.each([
    ['prepare', 'code', 'train', 'data', 'port-type', 'train.data takes a dataset; prepare.code is a code.'],
    ['prepare', 'features', 'train', 'dta', 'unknown-port', 'Did you mean "data"?'],
    ['prepare', 'featurs', 'train', 'data', 'unknown-port', 'Did you mean "features"?'],
    ['prepare', 'report', 'train', 'data', 'duplicate-source', 'already connected to prepare.features'],
    ['prepre', 'x', 'train', 'notes', 'unknown-node', 'Did you mean "prepare"?'],
    ['train', 'model', 'prepare', 'raw', 'port-type', 'takes a dataset'],
    ['other', 'y', 'prepare', 'raw', 'cycle', 'prepare → train → other → prepare'],
    ['other', 'y', 'other', 'x', 'cycle', 'other → other'],
    ['constructor', 'x', 'train', 'notes', 'unknown-node', 'no node constructor'],
  ])('refuses %s.%s into %s.%s: %s', (from, output, to, port, code, words) => {
    const [found, message] = why(from, output, to, port)
    expect(found).toBe(code)
    expect(message).toContain(words)
  })

  it('checks workflow inputs and library sources by their type', () => {
    const problem = (source: { input: string } | { model: string } | { file: string }) =>
      connectionProblem(workflow, modules, { source }, { toNode: 'prepare', port: 'raw' })?.code
    expect(problem({ input: 'raw' })).toBeUndefined()
    expect(problem({ input: 'base' })).toBe('port-type')
    expect(problem({ input: 'none' })).toBe('missing-input')
    expect(problem({ model: 'm@1' })).toBe('port-type')
    expect(problem({ file: '../x.csv' })).toBe('duplicate-source')
  })
})
