import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut, piecesOf, plainLine } from './marked.ts'

test('characters that hide or turn the text are told, line ends and tabs are not', () => {
  expect(piecesOf('a\u202eb\u0000\u0000\r\n\tc')).toEqual([
    'a',
    { code: 'U+202E', n: 1, turns: true },
    'b',
    { code: 'U+0000', n: 2, turns: false },
    '\n\tc',
  ])
  expect(plainLine('x\u2066 \n y')).toBe('x[U+2066] y')
})

const HOSTILE = fc.string({
  unit: fc.constantFrom('a', 'é', '中', '😀', '\n', '\r\n', '\t', '\u202e', '\u2066', '\u0000', '\u200b', '\ud83d'),
})

test('nothing else of a text is lost or changed, whatever it holds', () => {
  fc.assert(
    fc.property(HOSTILE, (text) => {
      const shown = piecesOf(text).filter((piece) => typeof piece === 'string')
      expect(shown.join('')).toBe(
        text.replaceAll('\r\n', '\n').replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ''),
      )
    }),
  )
})

test('a text is cut between characters', () => {
  expect(cut('ab😀c', 3)).toBe('ab…')
  expect(cut('abc', 3)).toBe('abc')
})
