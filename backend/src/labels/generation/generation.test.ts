import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { requestFor, textsOf } from './prompts.ts'
import { faultOf } from './reject.ts'

describe('a request for texts', () => {
  const more = { texts: 5, languages: ['en', 'zh'] as const, siblings: ['T2'], taken: ['one of them'] }

  test('is the same when a job asks again, and another for the next', () => {
    expect(requestFor('b', ['a', 'T1'], 3, more)).toEqual(requestFor('b', ['a', 'T1'], 3, more))
    const all = Array.from({ length: 12 }, (_, i) => requestFor('b', ['a', 'T1'], i, more).messages[1]?.content)
    expect(new Set(all).size).toBeGreaterThan(8)
  })

  test('alternates the languages and names siblings and texts that are there', () => {
    expect([0, 1, 2].map((i) => requestFor('b', ['a'], i, more).language)).toEqual(['en', 'zh', 'en'])
    expect(requestFor('b', ['a'], 0, more).messages[1]?.content).toMatch(/"T2"[\s\S]*- "one of them"/)
  })
})

describe('an answer', () => {
  test.each([
    ['{"texts": ["x", "y"]}', ['x', 'y']],
    ['["x"]', ['x']],
    ['Sure!\n```json\n{"texts": ["x"]}\n```', ['x']],
    ['The list: ["x"] as you asked', ['x']],
  ])('%s holds texts', (answer, texts) => expect(textsOf(answer)).toEqual(texts))

  test.each([
    '',
    'no',
    '<html><body>502</body></html>',
    '{"texts": "x"}',
    '{"texts": [1]}',
    '{"texts": ["x"',
    '[]',
    'null',
  ])('%j holds none', (answer) => expect(textsOf(answer)).toBeUndefined())

  test('of any kind is read without a fault', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (answer) => void textsOf(answer)))
  })
})

test.each([
  ['Here are 5 texts about ransomware', 'en', 'wrong-extraction'],
  ['{"texts": ["x', 'en', 'wrong-extraction'],
  ['<!DOCTYPE html><html>', 'en', 'wrong-extraction'],
  ['short', 'en', 'too-short'],
  ['x '.repeat(600), 'en', 'too-long'],
  ['user\uFFFD\uFFFD logged in from host', 'en', 'garbled'],
  ['abcabcabcabcabcabcabcabcabc happened', 'en', 'garbled'],
  ['the the the the the the the the the the the the attack', 'en', 'garbled'],
  ['攻击者利用漏洞获得了服务器权限', 'en', 'wrong-language'],
  ['An attacker got hold of the server', 'zh', 'wrong-language'],
  ['192.168.0.1 443 -> 10.0.0.7 8080', 'en', 'wrong-language'],
  ['Failed password for root from 10.0.0.7 port 22 ssh2', 'en', undefined],
  ['攻击者利用 CVE-2021-44228 获得了权限', 'zh', undefined],
  ['登录失败过多', 'zh', undefined],
] as const)('%j in %s: %s', (text, language, fault) => expect(faultOf(text, language)).toBe(fault))
