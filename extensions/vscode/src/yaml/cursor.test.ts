import { expect, test } from 'vitest'
import { type Cursor, cursorAt } from './cursor.ts'

/** The cursor where "|" stands. */
function at(marked: string): Cursor | undefined {
  const offset = marked.indexOf('|')
  return cursorAt(marked.replace('|', ''), offset)
}

test('a key of a block map: the keys above it, and those that are there already', () => {
  expect(at('nodes:\n  a:\n    module: ./a\n    in|\n    after: [b]\n  b:\n    module: ./b\n')).toMatchObject({
    path: ['nodes', 'a'],
    word: 'in',
    siblings: ['module', 'after'],
  })
})

test('an empty line takes its depth from the column', () => {
  const text = 'nodes:\n  a:\n    with:\n      rows: 1\n'
  expect(at(`${text}      |`)).toMatchObject({ path: ['nodes', 'a', 'with'], siblings: ['rows'] })
  expect(at(`${text}    |`)).toMatchObject({ path: ['nodes', 'a'], siblings: ['with'] })
  expect(at(`${text}|`)).toMatchObject({ path: [], siblings: ['nodes'] })
})

test('a value', () => {
  expect(at('nodes:\n  a:\n    module: ./cl|')).toMatchObject({ path: ['nodes', 'a'], key: 'module', word: './cl' })
  expect(at('nodes:\n  a:\n    inputs:\n      data: |')).toMatchObject({ path: ['nodes', 'a', 'inputs'], key: 'data' })
})

test('inside brackets on one line', () => {
  const node = 'nodes:\n  a: {module: ./a, '
  expect(at(`${node}in|}`)).toMatchObject({ path: ['nodes', 'a'], siblings: ['module'], flow: true })
  expect(at(`${node}inputs: {data: {input: |}}}`)).toMatchObject({
    path: ['nodes', 'a', 'inputs', 'data'],
    key: 'input',
  })
  expect(at(`${node}after: [b, |]}`)).toMatchObject({ path: ['nodes', 'a'], key: 'after' })
  expect(at(`${node}|, after: [b]}`)).toMatchObject({ path: ['nodes', 'a'], siblings: ['module', 'after'] })
})

test('an item of a block list is a value of its key', () => {
  expect(at('nodes:\n  a:\n    after:\n      - |')).toMatchObject({ path: ['nodes', 'a'], key: 'after' })
})

test('comments are passed by, and nothing is offered in one', () => {
  expect(at('nodes:\n# here\n  a:\n    # there\n    mo|')).toMatchObject({ path: ['nodes', 'a'] })
  expect(at('nodes: # th|')).toBeUndefined()
  expect(at('start: echo "#1" |')).toMatchObject({ key: 'start' })
})
