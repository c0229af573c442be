import type { Json } from '@secxops/protocol/json'
import { checkSpaceValue } from '@secxops/protocol/search-space/check-space'
import { SPACE_TYPES } from '@secxops/protocol/search-space/space'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { convertValues } from './convert.ts'

test('whatever stood there, the new kind is sound', () => {
  const number = fc.oneof(fc.integer({ min: -4e5, max: 4e5 }), fc.double({ min: -1e3, max: 1e3, noNaN: true }))
  const before = fc.oneof(fc.uniqueArray(number, { maxLength: 4 }), fc.constant(null), fc.constant<Json>(['a', 'b']))
  fc.assert(
    fc.property(before, fc.constantFrom(...SPACE_TYPES), (value, type) => {
      const { problems } = checkSpaceValue({ x: { _type: type, _value: convertValues(value, type) } })
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    }),
  )
})

test('what is next to 0 becomes a range that a logarithm can take', () => {
  const { problems } = checkSpaceValue({ x: { _type: 'loguniform', _value: convertValues([5e-324, 0], 'loguniform') } })
  expect(problems).toEqual([])
})

test('ends of a range are kept', () => {
  expect(convertValues([0.001, 0.1], 'loguniform')).toEqual([0.001, 0.1])
  expect(convertValues([2, 8], 'quniform')).toEqual([2, 8, 1])
  expect(convertValues([16, 32, 64], 'uniform')).toEqual([16, 64])
})
