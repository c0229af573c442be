import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../setup/paths.mjs'
import { show } from './command.ts'
import { type Outcome, since } from './outcome.ts'
import type { Summary } from './vitest-summary.ts'

const REPORTER = join(ROOT, 'shared', 'tooling', 'src', 'checks', 'vitest-summary.ts')

/** Runs the tests of one vitest configuration, printing as it goes. */
export async function vitest(name: string, config: string, env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const start = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'secxops-summary-'))
  const file = join(folder, 'summary.json')
  const args = ['run', '--config', config, '--reporter=default', `--reporter=${REPORTER}`]
  const code = await show('vitest', args, { ...env, SECXOPS_TEST_SUMMARY: file })
  const summary = read(file)
  rmSync(folder, { recursive: true, force: true })
  // A run that broke down before its end has no summary, or ends with an error that no test shows.
  const failed = summary.failed || (code === 0 ? 0 : 1)
  return { ...summary, name, failed, seconds: since(start), output: '' }
}

function read(file: string): Summary {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: [] }
  }
}
