import { expect, test } from 'vitest'
import { LabelTree } from '../tree/label-tree.ts'
import { droppedAt, nextPlace, whereOn } from './places.ts'

const node = (id: number, parent?: number) => ({
  id,
  name: `n${id}`,
  references: 0,
  ...(parent === undefined ? {} : { parent }),
})
/** 1 (11, 12, 13), 2 */
const tree = new LabelTree({ version: 1, levels: [], nodes: [node(1), node(11, 1), node(12, 1), node(13, 1), node(2)] })
const at = (id: number) => tree.node(id) ?? node(id)

test('a drop on the edge of a row means beside it, in its middle below it', () => {
  expect([whereOn(2, 24, false), whereOn(12, 24, false), whereOn(22, 24, false)]).toEqual(['before', 'into', 'after'])
  expect(whereOn(22, 24, true)).toBe('into')
  expect(droppedAt(tree, 13, 11, 'before')).toEqual({ parent: 1, before: 11 })
  expect(droppedAt(tree, 11, 13, 'after')).toEqual({ parent: 1 })
  expect(droppedAt(tree, 2, 12, 'after')).toEqual({ parent: 1, before: 13 })
  expect(droppedAt(tree, 12, 2, 'before')).toEqual({ before: 2 })
  expect(droppedAt(tree, 12, 2, 'into')).toEqual({ parent: 2 })
})

test('a label goes nowhere where it stands already, nor into itself', () => {
  expect(droppedAt(tree, 12, 11, 'after')).toBeUndefined()
  expect(droppedAt(tree, 12, 13, 'before')).toBeUndefined()
  expect(droppedAt(tree, 12, 1, 'into')).toBeUndefined()
  expect(droppedAt(tree, 1, 12, 'before')).toBeUndefined()
})

test('keys move a label by one among its siblings, and not past the ends', () => {
  expect(nextPlace(tree, at(12), -1)).toEqual({ parent: 1, before: 11 })
  expect(nextPlace(tree, at(11), 1)).toEqual({ parent: 1, before: 13 })
  expect(nextPlace(tree, at(12), 1)).toEqual({ parent: 1 })
  expect(nextPlace(tree, at(11), -1)).toBeUndefined()
  expect(nextPlace(tree, at(2), 1)).toBeUndefined()
})
