import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PYTHON, ROOT } from '../setup/paths.mjs'
import { findPython } from '../setup/python.mjs'
import { capture } from './command.ts'
import { type Outcome, since } from './outcome.ts'

/** Unit tests of a Python package with the standard library's runner; `path`: what it imports from, relative. */
export async function pythonTests(name: string, tests: string, path: string): Promise<Outcome> {
  const start = performance.now()
  const python = existsSync(PYTHON) ? PYTHON : findPython().path
  const args = ['-m', 'unittest', 'discover', '-v', '-s', tests, '-t', tests]
  const { code, output } = await capture(python, args, { PYTHONPATH: join(ROOT, path), PYTHONDONTWRITEBYTECODE: '1' })
  const verdicts = [...output.matchAll(/ \.\.\. (?:(ok)|(FAIL|ERROR)|skipped '(.*)')$/gm)]
  const failed = verdicts.filter(([, , bad]) => bad).length || (code === 0 ? 0 : 1)
  return {
    name,
    passed: verdicts.filter(([, ok]) => ok).length,
    failed,
    skipped: verdicts.flatMap(([, , , reason]) => (reason ? [{ name, reason }] : [])),
    seconds: since(start),
    output: failed ? output : '',
  }
}
