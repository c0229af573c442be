import { expect, test } from 'vitest'
import { bigTaxonomy, taxonomy } from '../../fixtures/labels.ts'
import { LabelTree } from './label-tree.ts'
import { newPath, walk } from './walk.ts'

const tree = new LabelTree(taxonomy())
const names = (text: string): string[] => tree.search(text, 5).nodes.map(({ name }) => name)

test('the name counts more than what stands above it, its beginning more than its middle', () => {
  expect(names('phish')[0]).toBe('Phishing')
  expect(names('link')[0]).toBe('Spearphishing Link')
  expect(names('initial link')[0]).toBe('Spearphishing Link')
  expect(names('凭据')[0]).toBe('凭据转储')
})

test('letters in their order find a name with a slip in it; nonsense finds nothing', () => {
  expect(names('spearphshng')[0]).toMatch(/^Spearphishing/)
  expect(tree.search('qqqq', 5)).toEqual({ nodes: [], total: 0 })
  expect(tree.search('  ', 5).total).toBe(0)
})

test('every path leads back to its node, in a tree of thousands', () => {
  const big = new LabelTree(bigTaxonomy())
  for (const node of big.taxonomy.nodes) expect(big.find(big.path(node))).toBe(node)
  expect(big.search('value 11', 20).nodes).toHaveLength(20)
})

test('arrows lead to the parent, back along the answer, and to siblings without leaving them', () => {
  const answer = ['Initial Access', 'Phishing', 'Spearphishing Link']
  expect(walk(tree, answer, 'out')).toEqual(['Initial Access', 'Phishing'])
  expect(walk(tree, ['Initial Access', 'Phishing'], 'in', answer)).toEqual(answer)
  expect(walk(tree, ['Initial Access'], 'out')).toEqual(['Initial Access'])
  expect(walk(tree, ['Initial Access'], 'up')).toEqual(['Initial Access'])
  expect(walk(tree, ['Initial Access'], 'down')).toEqual(['Credential Access'])
  expect(walk(tree, answer, 'in')).toEqual(answer)
  expect(walk(tree, undefined, 'down')).toEqual(['Initial Access'])
  expect(walk(tree, ['gone'], 'in')).toEqual(['Initial Access'])
})

test('typed words make a label beside the chosen one, or from the top', () => {
  const beside = ['Initial Access', 'Phishing', 'Spearphishing Link']
  expect(newPath(tree, 'Vishing', beside)).toEqual(['Initial Access', 'Phishing', 'Vishing'])
  expect(newPath(tree, 'Impact > Wiper', beside)).toEqual(['Impact', 'Wiper'])
  expect(newPath(tree, 'Spearphishing Link', beside)).toBeUndefined()
  expect(newPath(tree, ' > ', undefined)).toBeUndefined()
  expect(newPath(tree, 'a\u0000b', undefined)).toBeUndefined()
})
