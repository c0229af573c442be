import type { ModuleFile } from '@secxops/protocol/module'
import { expect, test } from 'vitest'
import { type ExitFacts, explainExit, signalOf } from './cause.ts'

const module: ModuleFile = {
  apiVersion: 'secxops/v1',
  kind: 'Module',
  name: 'train',
  start: 'python train.py',
  parameters: { max_depth: { type: 'integer' }, lr: { type: 'number' } },
  resources: { memory: '1Gi' },
}
const explain = (exitCode: number | undefined, tail: string[], more: Partial<ExitFacts> = {}) =>
  explainExit({
    exitCode,
    tail,
    module,
    modulePath: '/p/train',
    requirementsPath: '/p/train/requirements.txt',
    place: { runId: 'r', nodeId: 'n', attempt: 1 },
    timeout: undefined,
    overMemory: false,
    peakMemory: undefined,
    ...more,
  })
const trace = (last: string) => ['Traceback (most recent call last):', '  File "train.py", line 3, in <module>', last]

test.each([
  ['plain exit', 3, ['bye'], 'command-failed', 'exit code 3'],
  ['unknown program in a script', 127, ['x.sh: 2: tshark: not found'], 'cannot-run-here', 'not installed'],
  ['not executable', 126, ['./x.sh: Permission denied'], 'cannot-run-here', 'may not be started'],
  ['killed', 137, [], 'out-of-memory', 'SIGKILL'],
  ['other signal', 139, [], 'command-failed', 'SIGSEGV'],
  ['nobody saw the end', undefined, [], 'command-failed', 'nobody knows'],
  ['import', 1, trace("ModuleNotFoundError: No module named 'sklearn.tree'"), 'missing-import', 'scikit-learn'],
  [
    'memory',
    1,
    trace('numpy._core._exceptions._ArrayMemoryError: Unable to allocate 3.1 TiB'),
    'out-of-memory',
    'ran out of memory',
  ],
  ['memory of Python', 1, trace('MemoryError'), 'out-of-memory', 'ran out of memory'],
  ['value with a parameter', 1, trace('ValueError: max_depth must be positive'), 'bad-parameter', 'max_depth'],
  ['value without one', 1, trace('ValueError: too few rows'), 'command-failed', 'ValueError: too few rows'],
  [
    'argparse',
    2,
    ['usage: x', "train.py: error: argument --max-depth: invalid int value: 'a'"],
    'bad-parameter',
    'max-depth',
  ],
  ['own exception class', 1, trace('river.errors.StreamError: no labels'), 'command-failed', 'StreamError: no labels'],
])('%s', (_name, code, tail, expected, words) => {
  const error = explain(code, tail)
  expect(error.code).toBe(expected)
  expect(error.message).toContain(words)
  expect(error.next?.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['show-log', 'continue']))
})

test('the error of a notebook is the real one below its colours, with the cell', () => {
  const error = explain(1, [
    '---------------------------------------------------------------------------',
    'Exception encountered at "In [4]":',
    '\u001b[31mModuleNotFoundError\u001b[39m   Traceback (most recent call last)',
    '\u001b[36mCell\u001b[39m\u001b[36m \u001b[39m\u001b[32mIn[4]\u001b[39m, line 1',
    "\u001b[31mModuleNotFoundError\u001b[39m: No module named 'cv2'",
    '',
  ])
  expect(error).toMatchObject({
    code: 'missing-import',
    message: expect.stringContaining('in cell 4'),
    next: [{ kind: 'add-requirement', requirement: 'opencv-python', path: '/p/train', runId: 'r' }, {}, {}],
  })
})

test('the headline names module, exit code and the exception, also when only the end of a notebook traceback is left', () => {
  const words = "InvalidParameterError: The 'lr' parameter of Perceptron must be a float. Got -1.0 instead."
  const error = explain(1, [
    '\u001b[36mFile \u001b[39m\u001b[32m~/env/sklearn/base.py:465\u001b[39m, in \u001b[36mfit\u001b[39m',
    '\u001b[32m--> 465\u001b[39m estimator._validate_params()',
    `\u001b[31mInvalidParameterError\u001b[39m: ${words.slice(words.indexOf(' ') + 1)}`,
    '',
  ])
  expect(error).toMatchObject({
    code: 'bad-parameter',
    message: `Module train stopped with exit code 1: ${words}`,
    cause: words,
  })
  expect(explain(1, trace(`RuntimeError: ${'long '.repeat(400)}`)).message.length).toBeLessThan(300)
})

test('an error that a program printed but survived is not taken for its end without a traceback', () => {
  expect(explain(4, ['ValueError: lr was odd, going on', 'gave up']).message).toContain('exit code 4')
})

test('parameters named in the message become buttons; a saved module offers no edit of its requirements', () => {
  expect(explain(1, trace('ValueError: lr and max_depth disagree')).next?.slice(0, 2)).toMatchObject([
    { kind: 'edit-parameter', name: 'max_depth' },
    { kind: 'edit-parameter', name: 'lr' },
  ])
  const saved = explain(1, trace("ModuleNotFoundError: No module named 'yaml'"), { modulePath: undefined })
  expect(saved.message).toContain('PyYAML')
  expect(saved.next?.map(({ kind }) => kind)).toEqual(['show-log', 'continue'])
})

test('an import that no known package has is not offered for installing under its own name', () => {
  const error = explain(1, trace("ModuleNotFoundError: No module named 'yaml_missing_thing'"))
  expect(error).toMatchObject({ code: 'missing-import', message: expect.stringContaining('No package is known') })
  expect(error.message).not.toContain('yaml-missing-thing')
  expect(error.next).toMatchObject([
    { kind: 'open', label: 'Open requirements.txt', place: { path: '/p/train/requirements.txt' } },
    { kind: 'show-log' },
    { kind: 'continue' },
  ])
  const own = explain(1, trace("ModuleNotFoundError: No module named 'constructor'"), { requirementsPath: undefined })
  expect(own.next?.map(({ kind }) => kind)).toEqual(['show-log', 'continue'])
  expect(explain(1, trace("ModuleNotFoundError: No module named 'pandas.io'")).next?.[0]).toMatchObject({
    requirement: 'pandas',
  })
})

test('limits come before everything else', () => {
  expect(explain(143, [], { timeout: '5m' })).toMatchObject({
    code: 'timed-out',
    message: expect.stringContaining('5m'),
  })
  expect(explain(137, [], { overMemory: true, peakMemory: 1.2 * 2 ** 30 }).message).toContain(
    '1.2 GiB, more than its limit of 1Gi',
  )
  expect([0, 1, 128, 137, 143].map(signalOf)).toEqual([undefined, undefined, undefined, 'SIGKILL', 'SIGTERM'])
})
