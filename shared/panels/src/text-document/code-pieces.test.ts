import { expect, test } from 'vitest'
import { codePieces } from './code-pieces.ts'

const looks = (text: string, marks: Parameters<typeof codePieces>[1] = []): string[] =>
  codePieces(text, marks)
    .filter(({ kind, severity }) => kind ?? severity)
    .map(({ text: piece, kind = '', severity }) => [kind, ...(severity ? [severity] : []), piece].join(' '))

test('keys, texts, numbers and comments of JSON and YAML are told apart', () => {
  expect(looks('{"lr": {"_type": "uniform", "_value": [-1, 2.5e3]}}')).toEqual([
    'key "lr"',
    'key "_type"',
    'text "uniform"',
    'key "_value"',
    'value -1',
    'value 2.5e3',
  ])
  expect(looks('# all\nlr: {_type: uniform, x: a#b} # why\n- k2: true')).toEqual([
    'comment # all',
    'key lr',
    'key _type',
    'key x',
    'comment # why',
    'key k2',
    'value true',
  ])
})

test('a mark cuts the pieces it stands in; nothing of the text is lost', () => {
  const text = '{"a": [1, 22]}'
  const marks = [{ start: 4, end: 11, severity: 'error' as const, message: '' }]
  expect(looks(text, marks)).toContain('value error 1')
  expect(
    codePieces(text, marks)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text)
})
