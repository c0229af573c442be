import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FoldedText } from './folded-text.ts'

const shown = (document: string, text: string, near?: number): string | undefined => {
  const place = new FoldedText(document).find(text, near)
  return place && document.slice(place.from, place.to)
}

test('a text is found over its line breaks, tabs and wide characters', () => {
  expect(shown('x\n  GET\t/a\r\n  HTTP  y', 'GET /a HTTP')).toBe('GET\t/a\r\n  HTTP')
  expect(shown('登录失败，请重试（ｒｏｏｔ）。', '登录失败,请重试(root)')).toBe('登录失败，请重试（ｒｏｏｔ）')
  expect(shown('caf\u0065\u0301 ﬁle', 'caf\u00e9 file')).toBe('caf\u0065\u0301 ﬁle')
})

test('of equal texts the nearest is meant', () => {
  const document = 'GET /a\nGET /b\nGET /a\nGET /c\nGET /a\n'
  expect([0, 14, 20, 34].map((near) => new FoldedText(document).find('GET /a', near)?.from)).toEqual([0, 14, 14, 28])
})

test('what is not there is not found', () => {
  expect(new FoldedText('GET /a').find('GET /b')).toBeUndefined()
  expect(new FoldedText('').find('a')).toBeUndefined()
  expect(new FoldedText('abc').find('')).toBeUndefined()
})

test('whatever stands in a document is found where it stands', () => {
  const word = fc.stringMatching(/^[a-zé登录，ﬁ .\n\t]{1,12}$/)
  fc.assert(
    fc.property(word, word, word, (before, text, after) => {
      const document = `${before}|${text}|${after}`
      const stored = `|${text}|`.normalize('NFKC').replace(/\s+/gu, ' ')
      const place = new FoldedText(document).find(stored, before.length)
      expect(place).toEqual({ from: before.length, to: before.length + text.length + 2 })
    }),
  )
})
