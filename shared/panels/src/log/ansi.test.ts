import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collapseReturns, parseAnsi, plainText } from './ansi.ts'

const ESC = '\u001b'

describe('escapes in a log line', () => {
  test('colours become segments, everything else is dropped', () => {
    const { segments, end } = parseAnsi(`a${ESC}[1;31mred${ESC}[0m${ESC}[2K${ESC}[10;5Hb${ESC}]0;title\u0007c`)
    expect(segments.map((s) => s.text).join('')).toBe('aredbc')
    expect(segments[1]).toEqual({ text: 'red', style: { bold: true, color: 1 } })
    expect(end).toEqual({})
  })

  test('256 colours and true colour are understood', () => {
    expect(parseAnsi(`${ESC}[38;5;196mx`).segments[0]?.style.color).toBe('rgb(255 0 0)')
    expect(parseAnsi(`${ESC}[48;2;1;2;3mx`).segments[0]?.style.background).toBe('rgb(1 2 3)')
    expect(parseAnsi(`${ESC}[94mx`).segments[0]?.style.color).toBe(12)
  })

  test('a colour goes on until it is switched off', () => {
    const { end } = parseAnsi(`${ESC}[32mok`)
    expect(parseAnsi('still green', end).segments).toEqual([{ text: 'still green', style: { color: 2 } }])
  })

  test('hyperlinks, device strings and cut escapes leave only their text', () => {
    expect(plainText(`${ESC}]8;;http://evil${ESC}\\link${ESC}]8;;${ESC}\\`)).toBe('link')
    expect(plainText(`x${ESC}Pq#0;2${ESC}\\y${ESC}[38;5`)).toBe('xy')
  })

  test('no escape or control character is ever left, and plain text stays', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(ESC, `${ESC}[`, `${ESC}]`, ';', 'm', '\u009b', '31'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = parseAnsi(pieces.join(''))
          .segments.map((s) => s.text)
          .join('')
        expect(
          [...text].every((c) => c === '\t' || c === '\n' || (c >= ' ' && !(c >= '\u007f' && c <= '\u009f'))),
        ).toBe(true)
        expect(plainText(pieces.join(''))).toBe(text)
      }),
    )
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~一-龥]*$/), (text) => {
        expect(plainText(text)).toBe(text)
      }),
    )
  })
})

test('a progress bar shows its last state', () => {
  expect(collapseReturns('10%\r50%\r100%\r')).toBe('100%')
  expect(collapseReturns('plain\r')).toBe('plain')
})
