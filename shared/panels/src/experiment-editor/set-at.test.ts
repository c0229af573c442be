import { expect, test } from 'vitest'
import { setAt } from './set-at.ts'

const TEXT = `# mine
kind: Experiment   # stays
nni:
  tuner: {name: TPE, classArgs: {seed: 3}}
  maxTrialNumber: 20
`

test('one value is set, comments and order stay; maps on the way are made', () => {
  expect(setAt(TEXT, ['nni', 'tuner', 'classArgs', 'seed'], 5)).toBe(TEXT.replace('seed: 3', 'seed: 5'))
  expect(setAt(TEXT, ['resources', 'cpu'], 2)).toBe(TEXT.replace('nni:', 'resources: {cpu: 2}\nnni:'))
})

test('what is removed takes the maps with it that would be empty, but not the section of the kind', () => {
  expect(setAt(TEXT, ['nni', 'tuner', 'classArgs', 'seed'], undefined)).toContain('tuner: {name: TPE}')
  const bare = setAt(setAt(TEXT, ['nni', 'tuner'], undefined), ['nni', 'maxTrialNumber'], undefined)
  expect(bare).toContain('nni: {}'.slice(0, 4))
  expect(bare).not.toContain('tuner')
})

test('a broken text is refused in words', () => {
  expect(() => setAt('a: [', ['b'], 1)).toThrow(/The text is broken/)
})
