import { join } from 'node:path'
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron'
import type { HostResult } from '../../extensions/vscode/src/testing/host-suite/names.ts'
import { type HostSuite, resultsOf } from './code-host.ts'
import { type Product, ROOT } from './product.ts'

const CACHE = join(ROOT, '.cache', 'vscode')
/** Milliseconds without an answer after which there is no way to a download. */
const PATIENCE = 15_000

/** The program of a VS Code with a window of its own, downloaded once; or why this machine has none. */
export async function findElectron(): Promise<{ program: string } | { missing: string }> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY)
    return { missing: 'there is no screen for a window' }
  try {
    return { program: await downloadAndUnzipVSCode({ version: 'stable', cachePath: CACHE, timeout: PATIENCE }) }
  } catch (error) {
    return { missing: `VS Code cannot be downloaded: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** Runs the suite in the extension host of that program. */
export async function runInElectron(program: string, suite: HostSuite, { state }: Product): Promise<HostResult[]> {
  const folders = ['user-data', 'extensions'].map((name) => `--${name}-dir=${join(state, name)}`)
  await runTests({
    vscodeExecutablePath: program,
    extensionDevelopmentPath: suite.extension,
    extensionTestsPath: suite.suite,
    extensionTestsEnv: suite.env,
    launchArgs: [suite.folder, ...folders, '--disable-workspace-trust', '--no-sandbox', '--disable-gpu'],
    // The results say which test failed; this would only say that one did.
  }).catch(() => undefined)
  const results = resultsOf(suite)
  if (!results) throw new Error('VS Code ended before the suite')
  return results
}
