import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Parameter, ParameterValue } from './module.ts'
import { checkValue, formatValue, parseValue, withDefaults } from './value.ts'

const number: Parameter = { type: 'number', minimum: 0, maximum: 1 }
const choice: Parameter = { type: 'choice', choices: ['adam', 'sgd', 3] }

describe('checkValue', () => {
  it.each([
    [number, 0.5],
    [{ type: 'integer' }, -3],
    [{ type: 'boolean' }, false],
    [choice, 3],
    [{ type: 'string' }, ''],
    [{ type: 'json' }, null],
    [{ type: 'string', required: false }, null],
    [{ type: 'string', required: false }, undefined],
  ] as [Parameter, null][])('accepts for %j the value %j', (parameter, value) => {
    expect(checkValue(parameter, value)).toBeUndefined()
  })

  it.each([
    [number, 2, 'Expected a number from 0 to 1, found 2.'],
    [{ type: 'integer', minimum: 1 }, 0, 'Expected a whole number of at least 1, found 0.'],
    [{ type: 'number', maximum: 1 }, 3, 'of at most 1'],
    [{ type: 'integer' }, 1.5, 'a whole number'],
    [{ type: 'integer' }, 2 ** 53, 'a whole number'],
    [{ type: 'number' }, '0.1', 'found "0.1"'],
    [{ type: 'boolean' }, 'yes', 'true or false'],
    [choice, 'adm', 'Did you mean "adam"?'],
    [{ type: 'string' }, 3, 'Put quotes'],
    [{ type: 'string' }, 'a\0', 'NUL'],
    [{ type: 'string' }, undefined, 'A value is needed.'],
    [{ type: 'string' }, null, 'A value is needed.'],
    [{ type: 'json' }, undefined, 'A value is needed.'],
  ] as [Parameter, string, string][])('for %j refuses %j', (parameter, value, words) => {
    expect(checkValue(parameter, value)).toContain(words)
  })
})

describe('parseValue', () => {
  it.each([
    [number, ' 1e-3 ', 0.001],
    [{ type: 'integer' }, '-7', -7],
    [{ type: 'boolean' }, 'True', true],
    [{ type: 'boolean' }, 'no', false],
    [choice, '3', 3],
    [{ type: 'string' }, ' keep = me ', ' keep = me '],
    [{ type: 'json' }, '[1, {"a": null}]', [1, { a: null }]],
  ] as [Parameter, string, unknown][])('reads for %j the text %j', (parameter, text, value) => {
    expect(parseValue(parameter, text)).toEqual({ value })
  })

  it.each([
    [number, '0.1x'],
    [number, ''],
    [number, '1e999'],
    [{ type: 'integer' }, '1.5'],
    [{ type: 'integer' }, '0x10'],
    [{ type: 'boolean' }, 'maybe'],
    [{ type: 'json' }, '{a: 1}'],
    [choice, 'rms'],
  ] as [Parameter, string][])('refuses for %j the text %j', (parameter, text) => {
    expect(parseValue(parameter, text)).toHaveProperty('message')
  })
})

it('formatValue is compact JSON, strings as they are', () => {
  expect([true, 1e21, 'a b', [1, 2]].map(formatValue)).toEqual(['true', '1e+21', 'a b', '[1,2]'])
})

it('withDefaults prefers what is given, and null unsets only what may be unset', () => {
  const parameters: Record<string, Parameter> = {
    lr: { type: 'number', default: 0.1 },
    limit: { type: 'integer', default: 5, required: false },
    features: { type: 'json', default: null },
    constructor: { type: 'string', required: false },
  }
  expect(withDefaults(parameters)).toEqual({ lr: 0.1, limit: 5, features: null })
  expect(withDefaults(parameters, { lr: 0.2, limit: null, other: 1 })).toEqual({ lr: 0.2, features: null })
})

describe('formatValue', () => {
  it('of a list or object is JSON that YAML 1.1 reads the same', () => {
    expect(formatValue([1e-7, -2e21, 1.5e-9, 0.1])).toBe('[1.0e-7,-2.0e+21,1.5e-9,0.1]')
    expect(formatValue({ '1e-7': '2e-7 "3e-7"', a: '\u0085\u2028\ufeff\u007f' })).toBe(
      '{"1e-7":"2e-7 \\"3e-7\\"","a":"\\u0085\\u2028\\ufeff\\u007f"}',
    )
  })

  it('loses nothing of any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        if (typeof value !== 'string')
          expect(JSON.parse(formatValue(value as ParameterValue))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
