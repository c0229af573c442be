import { describe, expect, it } from 'vitest'
import { placeOf, readYaml } from './yaml-read.ts'

const first = (text: string): string => {
  const [problem] = readYaml(text).problems
  return problem ? `${problem.where?.line}:${problem.where?.column} ${problem.message}` : 'good'
}

describe('broken YAML is said with line, column and what was expected', () => {
  it.each([
    ['a:\n\t- b\n', '2:1 A tab indents'],
    ['a: b: c\n', '1:4 Expected "key: value"'],
    ['a: 1\n b: 2\n', '1:4 Expected "key: value" on one line'],
    ['a:\n  b: 1\n c: 2\n', '3:1 The indentation does not fit'],
    ['a: [1, 2\nb: 3\n', '2:1 A "[" before this place is not closed. Put "]"'],
    ['a: {b: 1\nc: 2\n', '2:1 A "{" before this place is not closed. Put "}"'],
    ['a: "x\n', '2:1 Something is not closed'],
    ['a: 1\n---\nb: 2\n', '2:1 Expected one document'],
    ['a: @x\n', '1:4 A value cannot start'],
    ['a: 1\nb: 2\na: 3\n', '3:1 The key "a" stands here a second time'],
    ['__proto__: 1\n', '1:1 This name is reserved'],
    ['? [a]\n: 1\n', '1:3 A key must be text'],
    ['%YAML 1.1\n---\na: 1\n', 'undefined:undefined A line that starts with "%"'],
  ])('%j', (text, words) => {
    expect(first(text)).toContain(words)
  })
})

describe('bombs are refused', () => {
  const doubling = `a0: &a0 [x, x]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join('\n')}\n`
  it.each([
    ['large', `a: "${'x'.repeat(1_000_001)}"`, 'characters'],
    ['deep [', '['.repeat(500_000), 'nested too deeply'],
    ['deep {', '{a: '.repeat(200_000), 'nested too deeply'],
    ['deep -', '- '.repeat(400_000), 'nested too deeply'],
    ['deep ?', '? '.repeat(400_000), 'nested too deeply'],
    ['deep map', Array.from({ length: 1300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'nested too deeply'],
    ['many', `[${'1,'.repeat(400_000)}]`, 'tokens'],
    ['doubling aliases', doubling, 'aliases'],
    ['many aliases', `a: &a 1\nb: [${'*a,'.repeat(200)}]`, 'aliases'],
  ])('%s', (_, text, words) => {
    expect(first(text)).toContain(words)
  })

  it('merge keys are plain keys', () => {
    expect(readYaml('a: &a {x: 1}\nb: {<<: *a}\n').tree?.value).toEqual({ a: { x: 1 }, b: { '<<': { x: 1 } } })
  })
})

it('finds the place of a path, or of what is nearest above it', () => {
  const text = 'nodes:\n  train:\n    with: {lr: 0.1}\n    after: [a, b]\n'
  const { tree } = readYaml(text)
  const place = (path: string, key?: boolean): unknown => tree && placeOf(tree, path.split('.'), key)
  expect(place('nodes.train.with.lr')).toEqual({ line: 3, column: 12 })
  expect(place('nodes.train.with.lr', false)).toEqual({ line: 3, column: 16 })
  expect(place('nodes.train.after.1')).toEqual({ line: 4, column: 16 })
  expect(place('nodes.train.inputs.data')).toEqual({ line: 2, column: 3 })
  expect(place('outputs')).toEqual({ line: 1, column: 1 })
})

it('an unresolved conflict is named as one, with its line', () => {
  const text = 'nodes:\n<<<<<<< HEAD\n  a: {module: ./a}\n=======\n  b: {module: ./b}\n>>>>>>> branch\n'
  const { problems } = readYaml(text)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ message: expect.stringContaining('conflict'), where: { line: 2, column: 1 } })
})
