import { expect, test } from 'vitest'
import { causeLine, errorLine } from './error-line.ts'

const linesOf = (texts: string[]) => texts.map((text) => ({ text, cut: 0, style: {} }))

/** A notebook's failure as papermill tells it: its own traceback around the real error. */
const NOTEBOOK = linesOf([
  '[IPKernelApp] WARNING | Kernel is running over TCP without encryption',
  'Traceback (most recent call last):',
  '  File "bin/papermill", line 8, in <module>',
  '    sys.exit(papermill())',
  'papermill.exceptions.PapermillExecutionError: ',
  'Exception encountered at "In [4]":',
  '\u001b[31mInvalidParameterError\u001b[39m   Traceback (most recent call last)',
  "\u001b[31mInvalidParameterError\u001b[39m: The 'max_depth' parameter must be an int. Got -3.",
  '',
])

test('the line that a cause quotes is found below its colours, the last one where there are several', () => {
  const cause = "InvalidParameterError: The 'max_depth' parameter must be an int. Got -3.\nand more"
  expect(causeLine(NOTEBOOK, cause)).toBe(7)
  expect(causeLine(linesOf(['x: boom', 'again', 'x: boom']), 'boom')).toBe(2)
  expect(causeLine(NOTEBOOK, 'KeyError: 1')).toBeUndefined()
  expect(causeLine(NOTEBOOK, ' \n')).toBeUndefined()
})

test('without a cause the end of the last traceback is the error, and of plain lines the first', () => {
  expect(errorLine(NOTEBOOK)).toBe(7)
  expect(errorLine(linesOf(['ok', 'ERROR one', 'ERROR two']))).toBe(1)
  expect(errorLine(linesOf(['Traceback (most recent call last):', '  File "a.py"']))).toBe(0)
  expect(errorLine(linesOf(['ok', '0 errors']))).toBeUndefined()
})
