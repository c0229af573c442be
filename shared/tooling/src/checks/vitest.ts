import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../setup/paths.mjs'
import { show } from './command.ts'
import { type Outcome, since } from './outcome.ts'
import type { Summary } from './vitest-summary.ts'

const REPORTER = join(ROOT, 'shared', 'tooling', 'src', 'checks', 'vitest-summary.ts')

/** Runs the tests of one vitest configuration, printing as it goes. Their temporary files go with the run. */
export async function vitest(name: string, config: string, env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const start = performance.now()
  // Short: some tests put sockets below it, and a socket's path has 107 bytes at most.
  const folder = mkdtempSync(join(tmpdir(), 'sx-'))
  const file = join(folder, 'summary.json')
  const args = ['run', '--config', config, '--reporter=default', `--reporter=${REPORTER}`]
  const code = await show('vitest', args, { ...env, TMPDIR: folder, SECXOPS_TEST_SUMMARY: file })
  const { failures, ...summary } = read(file)
  // What the library keeps is read-only, also for its owner.
  spawnSync('chmod', ['-R', 'u+rwX', folder])
  rmSync(folder, { recursive: true, force: true })
  // A run that broke down before its end has no summary, or ends with an error that no test shows.
  const failed = summary.failed || (code === 0 ? 0 : 1)
  return { ...summary, name, failed, seconds: since(start), output: failures.join('\n') }
}

function read(file: string): Summary {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: [], failures: [`${file} was not written: the run broke down`] }
  }
}
