import { expect, test } from 'vitest'
import { isExact, parseAddress, viewKey } from './address.ts'

test('an address survives the way through arguments of a command', () => {
  for (const address of [
    { view: 'run', runId: 'r1', nodeId: 'train' },
    { view: 'run', runId: 'r1', nodeId: 'train', part: 'log' },
    { view: 'package', path: '/w/a.ipynb' },
    { view: 'module', name: 'train', version: '1.0.0' },
    { view: 'artifact', kind: 'model', name: 'waf', version: 3 },
    { view: 'base', name: 'attack', part: 'taxonomy', node: 7 },
    { view: 'base', name: 'attack' },
    { view: 'base', name: 'attack', file: '/data/alerts.csv' },
    { view: 'review', jobId: 'j1' },
  ] as const) {
    expect(parseAddress(JSON.parse(JSON.stringify(address)))).toEqual(address)
  }
})

test('what makes no address is refused', () => {
  expect(parseAddress({})).toBeUndefined()
  expect(parseAddress({ view: 'run' })).toBeUndefined()
  expect(parseAddress({ view: 'artifact', kind: 'spoon', name: 'x' })).toBeUndefined()
  expect(parseAddress({ view: 'review', name: 'x' })).toBeUndefined()
})

test('another version of a model is the same view', () => {
  const at = (version: number): string => viewKey({ view: 'artifact', kind: 'model', name: 'waf', version })
  expect(at(1)).toBe(at(2))
  expect(at(1)).not.toBe(viewKey({ view: 'module', name: 'waf' }))
})

test('an address that names a version or node leads an open view there', () => {
  expect(isExact({ view: 'artifact', kind: 'model', name: 'waf', version: 4 })).toBe(true)
  expect(isExact({ view: 'run', runId: 'r1', nodeId: 'train' })).toBe(true)
  expect(isExact({ view: 'run', runId: 'r1' })).toBe(false)
  expect(isExact({ view: 'package', path: '/w/a.ipynb' })).toBe(false)
})
