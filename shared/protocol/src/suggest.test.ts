import { expect, it } from 'vitest'
import { didYouMean, suggestion } from './suggest.ts'

it.each([
  ['epocs', 'epochs'],
  ['epohcs', 'epochs'],
  ['LR', 'lr'],
  ['ouput', 'output'],
])('takes %s for %s', (word, expected) => {
  expect(didYouMean(word, ['lr', 'epochs', 'output'])).toBe(expected)
})

it('stays silent when nothing is near', () => {
  expect(suggestion('batch_size', ['lr', 'epochs'])).toBe('')
})

it('is quick on long words', () => {
  expect(didYouMean('x'.repeat(1e6), ['y'.repeat(1e6)])).toBeUndefined()
})
