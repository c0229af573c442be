import { expect, test } from 'vitest'
import { layoutText, parseLayout } from './layout-file.ts'

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

test('the same positions make the same text, whatever their order', () => {
  const a = { x: 1, y: 2 }
  const b = { x: 3, y: 4 }
  expect(layoutText({ version: 1, nodes: { b, a } })).toBe(layoutText({ version: 1, nodes: { a, b } }))
  expect(parseLayout(layoutText({ version: 1, nodes: { b, a } })).nodes).toEqual({ a, b })
})
