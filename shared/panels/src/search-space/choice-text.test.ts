import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { choiceText, readChoices } from './choice-text.ts'

test('plain values come back from their line as they were', () => {
  const value = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.integer())
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), (values) => {
      const plain = values.map((one) => (Object.is(one, -0) ? 0 : one))
      expect(readChoices(choiceText(plain) ?? '')).toEqual(plain)
    }),
  )
})

test('what people type is read as they mean it', () => {
  expect(readChoices('16, 32,64')).toEqual([16, 32, 64])
  expect(readChoices('relu, "a, b", tanh ,')).toEqual(['relu', 'a, b', 'tanh'])
  expect(readChoices('1e-4, -.5, "3", TRUE, true')).toEqual([1e-4, -0.5, '3', 'TRUE', true])
  expect(readChoices('"open')).toBeUndefined()
  expect(readChoices('')).toEqual([])
})

test('lists and maps have no line', () => {
  expect(choiceText([1, [2]])).toBeUndefined()
})
