import { expect, it } from 'vitest'
import { didYouMean, suggestedWord, suggestion } from './suggest.ts'

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

it('the word of a suggestion is read back out of the message', () => {
  expect(suggestedWord(`a has no parameter epocs.${suggestion('epocs', ['lr', 'epochs'])}`)).toBe('epochs')
  expect(suggestedWord('$epocs is not known. Did you mean $epochs?')).toBe('epochs')
  expect(suggestedWord('No module is called "trian". Did you mean "train"? Write ./trian for a folder.')).toBe('train')
  expect(suggestedWord('a has no parameter epocs. It has lr.')).toBeUndefined()
  // Its text that follows must not be lost.
  expect(suggestedWord(`Did you mean $run? Write $\{run} when text follows it directly.`)).toBeUndefined()
})
