import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { run } from '../setup/command.mjs'
import { STATE, VSIX } from '../setup/paths.mjs'
import { hasScreen } from './browser.mjs'
import { lastLinesOf } from './log-file.mjs'

const FOLDER = join(STATE, 'vscode-desktop')
const LOG = join(FOLDER, 'code.log')
// With a data folder of its own it is another program than the VS Code that may be open already: ours to stop.
const OWN_DATA = ['--user-data-dir', join(FOLDER, 'data')]

/** Path of the `code` command, where VS Code is installed and there is a screen to show it on. */
export function desktopCode() {
  if (!hasScreen()) return undefined
  const { stdout, status } = spawnSync('sh', ['-c', 'command -v code'], { encoding: 'utf8' })
  return status === 0 && stdout.trim() ? stdout.trim() : undefined
}

/**
 * The VS Code of this machine. SecXOps is added to its extensions, the others stay at hand; `code --uninstall-extension
 * secxops.secxops` takes it away again.
 * @param {string} code
 * @returns {import('./editors.mjs').Editor}
 */
export function desktop(code) {
  return {
    name: 'VS Code',
    steps: 1,
    async setUp(progress) {
      mkdirSync(FOLDER, { recursive: true, mode: 0o700 })
      await progress.step(`SecXOps in ${code}`, (say) =>
        run(code, [...OWN_DATA, '--install-extension', VSIX, '--force'], { say }),
      )
    },
    start({ directory, env }) {
      const log = openSync(LOG, 'w', 0o600)
      const child = spawn(code, [...OWN_DATA, '--new-window', '--wait', directory], {
        env,
        detached: true,
        stdio: ['ignore', log, log],
      })
      return {
        child,
        url: pathToFileURL(directory).href,
        shown: true,
        lastLines: () => lastLinesOf(LOG),
        async ready() {},
      }
    },
  }
}
