import { Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import { diagnosticOf } from './diagnostic.ts'

const text = Text.of(['nodes:', '  train: {module: ./trian}', ''])

test.each([
  ['the word at its place', { line: 2, column: 19 }, './trian'],
  ['a line without a column is marked from its beginning', { line: 1 }, 'nodes'],
  ['a place where no word stands takes the rest of the line', { line: 2, column: 10 }, '{module: ./trian}'],
  ['a line that is gone meanwhile is the last one', { line: 9, column: 4 }, ''],
  ['no place at all is the beginning', undefined, 'nodes'],
])('%s', (_, where, marked) => {
  const { from, to, message } = diagnosticOf(text, { severity: 'error', code: 'unknown-module', message: 'm', where })
  expect([text.sliceString(from, to), message]).toEqual([marked, 'm'])
})
