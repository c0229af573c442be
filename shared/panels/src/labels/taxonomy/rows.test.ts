import { expect, test } from 'vitest'
import { bigTaxonomy, taxonomy } from '../../fixtures/labels.ts'
import { LabelTree } from '../tree/label-tree.ts'
import { isWithin, rowsOf, sums, weaknesses, withParents } from './rows.ts'

const tree = new LabelTree(taxonomy())

test('a closed tree shows its top, an open branch what is below it', () => {
  expect(rowsOf(tree, new Set()).map(({ node, open }) => [node.name, open])).toEqual([
    ['Initial Access', false],
    ['Credential Access', false],
    ['Execution', false],
  ])
  const rows = rowsOf(tree, new Set([1, 2]))
  expect(rows.slice(0, 4).map(({ node, depth }) => [node.name, depth])).toEqual([
    ['Initial Access', 0],
    ['Phishing', 1],
    ['Spearphishing Attachment', 2],
    ['Spearphishing Link', 2],
  ])
})

test('found labels stand in their branches, and nothing else does', () => {
  const some = withParents(tree, tree.search('spray', 9).nodes)
  expect(rowsOf(tree, new Set(), some).map(({ node }) => node.name)).toEqual([
    'Credential Access',
    'Brute Force',
    'Password Spraying',
  ])
})

test('the sum of the top is the sum of all, in a tree of thousands', () => {
  const big = new LabelTree(bigTaxonomy())
  const all = big.taxonomy.nodes.reduce((sum, { references }) => sum + references, 0)
  const sum = sums(big)
  expect(big.children().reduce((total, { id }) => total + (sum.get(id) ?? 0), 0)).toBe(all)
})

test('thin and conflicting leaves are told by their node', () => {
  const link = tree.find(['Initial Access', 'Phishing', 'Spearphishing Link'])
  const coverage = {
    enough: 10,
    leaves: [
      { path: ['Initial Access', 'Phishing', 'Spearphishing Link'], references: 3, human: 0, suspect: 1 },
      { path: ['Initial Access', 'Valid Accounts'], references: 12, human: 0 },
      { path: ['gone'], references: 0, human: 0 },
    ],
  }
  expect([...weaknesses(tree, coverage)]).toEqual([[link?.id, { few: 3, conflicting: 1 }]])
})

test('a branch cannot be put into itself', () => {
  const link = tree.find(['Initial Access', 'Phishing', 'Spearphishing Link'])
  expect([
    isWithin(tree, link, 1),
    isWithin(tree, tree.node(1), 1),
    isWithin(tree, tree.node(1), link?.id ?? 0),
  ]).toEqual([true, true, false])
})
