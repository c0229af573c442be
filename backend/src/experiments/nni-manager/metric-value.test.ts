import { expect, test } from 'vitest'
import { metricValues } from './metric-value.ts'

/** As NNI keeps it: what Python dumped, as a JSON string. */
const kept = (dumped: string): string => JSON.stringify(dumped)

test('numbers and dictionaries are taken out of both layers', () => {
  expect(metricValues(kept('0.25'))).toEqual({ default: 0.25 })
  expect(metricValues(kept('{"default": 1, "loss": 2.5, "note": "x", "list": [1]}'))).toEqual({ default: 1, loss: 2.5 })
  expect(metricValues('0.5')).toEqual({ default: 0.5 })
})

test('numbers that are not finite are kept, words inside names and texts are left alone', () => {
  expect(metricValues(kept('NaN'))).toEqual({ default: Number.NaN })
  expect(metricValues(kept('-Infinity'))).toEqual({ default: Number.NEGATIVE_INFINITY })
  expect(metricValues(kept('{"default": Infinity, "NaN \\" NaN": 3, "t": "NaN"}'))).toEqual({
    default: Number.POSITIVE_INFINITY,
    'NaN " NaN': 3,
  })
})

test('what is no number gives nothing', () => {
  for (const text of ['', '{', kept('true'), kept('"text"'), kept('null'), kept('[1,2]')])
    expect(metricValues(text)).toEqual({})
})
