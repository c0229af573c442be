import { readFileSync } from 'node:fs'
import type { Problem } from '@secxops/protocol/errors'
import { expect, test } from 'vitest'
import { problemLine } from './problem-line.ts'

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const [{ pattern }] = manifest.contributes.problemMatchers

const cycle: Problem = {
  severity: 'error',
  code: 'cycle',
  message: 'a → b → a:\n  a cycle cannot run.',
  where: { path: '/w/数据 1/a.workflow.yaml', line: 7, column: 3 },
}

test.each<[string, Problem, string[]]>([
  ['its place', cycle, ['/w/数据 1/a.workflow.yaml', '7', '3', 'error', 'a → b → a: a cycle cannot run.']],
  [
    'the beginning of the file where it has none',
    { ...cycle, severity: 'warning', where: undefined },
    ['/w/b.workflow.yaml', '1', '1', 'warning', 'a → b → a: a cycle cannot run.'],
  ],
])('the problem matcher of the manifest finds a problem with %s', (_, problem, found) => {
  const match = new RegExp(pattern.regexp).exec(problemLine(problem, '/w/b.workflow.yaml')) ?? []
  const { file, line, column, severity, message } = pattern
  expect([file, line, column, severity, message].map((group: number) => match[group])).toEqual(found)
})
