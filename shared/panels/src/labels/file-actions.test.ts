import { expect, test } from 'vitest'
import { textsIn } from './file-actions.ts'

test('what is typed between slashes is a pattern, else the name of a column, else nothing', () => {
  expect(textsIn(' /msg="(.*)"/ ')).toEqual({ pattern: 'msg="(.*)"' })
  expect(textsIn('message')).toEqual({ column: 'message' })
  expect(textsIn('/')).toEqual({ column: '/' })
  expect(textsIn('  ')).toEqual({})
  expect(() => textsIn('/(/')).toThrow(SyntaxError)
})
