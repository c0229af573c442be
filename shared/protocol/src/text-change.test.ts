import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyChange, textChange } from './text-change.ts'

const text = fc
  .array(fc.constantFrom('a', 'b', '\n', '\r\n', '😀', '😁', 'é'), { maxLength: 12 })
  .map((parts) => parts.join(''))

it('makes the new text out of the old one, without cutting a character or a line end', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const change = textChange(before, after)
      expect(applyChange(before, change)).toBe(after)
      expect(change.insert.isWellFormed()).toBe(true)
      expect(before.slice(change.offset, change.offset + change.deleteCount).isWellFormed()).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

it('touches only what differs', () => {
  expect(textChange('lr: 0.1 # rate', 'lr: 0.2 # rate')).toEqual({ offset: 6, deleteCount: 1, insert: '2' })
  expect(textChange('same', 'same')).toEqual({ offset: 4, deleteCount: 0, insert: '' })
})
