import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureChromium } from './setup/chromium.mjs'
import { ensureCodeServer } from './setup/code-server.mjs'
import { printFailure } from './setup/failure.mjs'
import { ROOT } from './setup/paths.mjs'
import { Progress } from './setup/progress.mjs'
import { SETUP_STEPS, setUp } from './setup/setup.mjs'

// `npm test`: sets up what a fresh machine lacks, then runs everything that this machine can. Runs on Node ≥ 20.

try {
  const progress = new Progress(SETUP_STEPS + 2)
  const { node } = await setUp(progress)
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env }
  await progress.step('Chromium', async (say) => {
    const chromium = await ensureChromium(node, say)
    if ('path' in chromium) env.SECXOPS_CHROMIUM = chromium.path
    else env.SECXOPS_NO_CHROMIUM = chromium.missing
    return env.SECXOPS_CHROMIUM ?? env.SECXOPS_NO_CHROMIUM
  })
  await progress.step('VS Code', async (say) => {
    try {
      return await ensureCodeServer(node, say)
    } catch (error) {
      // Only the stories in VS Code need it; they are skipped with this reason.
      env.SECXOPS_NO_VSCODE = `code-server cannot be installed: ${error instanceof Error ? error.message : String(error)}`
      return env.SECXOPS_NO_VSCODE
    }
  })
  const child = spawn(node, [join(ROOT, 'shared', 'tooling', 'src', 'test-tiers.ts')], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  })
  child.once('close', (code) => {
    process.exitCode = code ?? 1
  })
} catch (error) {
  printFailure(error)
  console.log('0 passed, 1 failed, 0 skipped')
  process.exitCode = 1
}
