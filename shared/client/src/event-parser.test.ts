import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EventParser } from './event-parser.ts'

const stream =
  '\uFEFF: hello\r\n\r\ndata: {"a":1}\n\n:beat\n\ndata:two\rdata:  lines\r\revent: x\r\nid: 3\r\ndata\r\n\r\nretry: 5\n\ndata: end\n\n'
const expected = ['{"a":1}', 'two\n lines', '', 'end']

it('reads comments, all line ends and lines of several parts', () => {
  expect(new EventParser().push(stream)).toEqual(expected)
})

it('does not care how the text is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 30 }), (cuts) => {
      const parser = new EventParser()
      const at = [0, ...cuts.sort((a, b) => a - b), stream.length]
      const events = at.slice(1).flatMap((end, i) => parser.push(stream.slice(at[i], end)))
      expect(events).toEqual(expected)
    }),
  )
})

it('keeps an event back until its empty line has come', () => {
  const parser = new EventParser()
  expect(parser.push('data: a\n')).toEqual([])
  expect(parser.push('\n')).toEqual(['a'])
})
