import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MASK, maskForms, maskJson } from './mask.ts'

const secret = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 40 }).filter((text) => !MASK.includes(text))

test('no text of a JSON value holds a secret any more, however it is written there', () => {
  fc.assert(
    fc.property(secret, (hidden) => {
      const lines = `key = ${hidden}\nprint(key)`.split(/(?<=\n)/)
      const value = {
        cells: [{ source: lines, outputs: [{ text: [`got ${hidden}`], data: { json: JSON.stringify({ hidden }) } }] }],
        metadata: { papermill: { parameters: { key: hidden } } },
      }
      const masked = maskJson(value, maskForms([hidden])) as typeof value
      expect(masked.metadata.papermill.parameters.key).not.toContain(hidden)
      expect(masked.cells[0]?.source.join('')).not.toContain(hidden)
      expect(masked.cells[0]?.outputs[0]?.text.join('')).not.toContain(hidden)
      expect(masked.cells[0]?.outputs[0]?.data.json).not.toContain(JSON.stringify(hidden).slice(1, -1))
    }),
  )
})

test('a secret is found as papermill and repr write it, and only texts with it change', () => {
  const forms = maskForms(['pä"ss\'wörd中\\'])
  expect(maskJson(String.raw`key = "p\xe4\"ss'w\xf6rd\u4e2d\\"`, forms)).toBe(`key = "${MASK}"`)
  expect(maskJson(String.raw`'p\xe4"ss\'w\xf6rd\u4e2d\\'`, forms)).toBe(`'${MASK}'`)
  const other = { tags: ['a', 'b'], source: ['one\n', 'two'], count: 1, none: null, rows: [['x\n', 'y']] }
  expect(maskJson(other, forms)).toEqual(other)
  expect(maskJson({ rows: [['name', 'token1']] }, maskForms(['token1']))).toEqual({ rows: [['name', MASK]] })
})
