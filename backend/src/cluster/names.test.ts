import { expect, test } from 'vitest'
import { apiPath, hashName, kubeName } from './names.ts'

test.each(['..', '.', '', 'a/b', 'a%2fb', '../secrets/db?x=', 'A', '-a', 'a-', 'a..b', 'a b', 'a\n', 'x'.repeat(254)])(
  '%j is no name, so that it never comes into a path',
  (text) => {
    expect(() => kubeName(text, 'Pod')).toThrow('is no name of a Pod')
  },
)

test('a checked name stands in a path as it is', () => {
  expect(apiPath`/api/v1/namespaces/${kubeName('team-a.x', 'namespace')}/pods`).toBe('/api/v1/namespaces/team-a.x/pods')
})

test('names by hash tell apart what only looks alike', () => {
  const names = [hashName('Train_A'), hashName('train-a'), hashName('a', 'b'), hashName('ab'), hashName('a', 'b', '')]
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[0-9a-f]{32}$/)
})
