import { expect, test } from 'vitest'
import { parseLayout } from './layout-file.ts'

test('positions are read', () => {
  expect(parseLayout('{"version":1,"nodes":{"a":{"x":1,"y":-2.5}}}')).toEqual({
    version: 1,
    nodes: { a: { x: 1, y: -2.5 } },
  })
})

test('what is no position is left out instead of breaking the canvas', () => {
  expect(parseLayout('{"nodes":{"a":{"x":"1"},"b":null,"c":{"x":0,"y":0}}}').nodes).toEqual({ c: { x: 0, y: 0 } })
  expect(parseLayout('[]').nodes).toEqual({})
  expect(parseLayout('null').nodes).toEqual({})
})
