import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CODE_SERVER, ensureCodeServer } from '../setup/code-server.mjs'
import { run } from '../setup/command.mjs'
import { STATE, VSIX } from '../setup/paths.mjs'
import { hashOf, isStamped, stamp } from '../setup/stamp.mjs'
import { untilAnswers } from './answer.mjs'
import { lastLinesOf } from './log-file.mjs'

const FOLDER = join(STATE, 'vscode')
const LOG = join(FOLDER, 'server.log')
const TOKEN = join(FOLDER, 'token')
const FOLDERS = ['--user-data-dir', join(FOLDER, 'data'), '--extensions-dir', join(FOLDER, 'extensions')]

/** Where VS Code in a browser differs from the one on a desk, and what it needs not offer here; a person's own settings are kept. */
const SETTINGS = {
  'files.autoSave': 'off',
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  // Asks in a dialog instead of a banner: without trust nothing runs.
  'security.workspace.trust.startupPrompt': 'always',
}

/**
 * VS Code in a browser, with a token in its address as JupyterLab has. The extension is installed from the VSIX, as a person would.
 * @type {import('./editors.mjs').Editor}
 */
export const codeServer = {
  name: 'VS Code',
  steps: 2,
  async setUp(progress, node) {
    await progress.step('VS Code', (say) => ensureCodeServer(node, say))
    await progress.step('SecXOps in VS Code', (say) => installExtension(node, say))
  },
  start({ port, directory, env, node }) {
    const token = randomBytes(24).toString('hex')
    writeFileSync(TOKEN, token, { mode: 0o600 })
    const log = openSync(LOG, 'w', 0o600)
    const address = ['--host', '127.0.0.1', '--port', String(port), '--connection-token-file', TOKEN]
    const rest = ['--server-data-dir', join(FOLDER, 'server'), '--telemetry-level', 'off']
    const child = spawn(node, [CODE_SERVER, ...address, '--accept-server-license-terms', ...FOLDERS, ...rest], {
      cwd: directory,
      env,
      detached: true,
      stdio: ['ignore', log, log],
    })
    const lastLines = () => lastLinesOf(LOG)
    return {
      child,
      url: `http://127.0.0.1:${port}/?tkn=${token}&folder=${encodeURIComponent(directory)}`,
      shown: false,
      lastLines,
      ready: () =>
        untilAnswers(`http://127.0.0.1:${port}/version`, { name: 'VS Code', child, logFile: LOG, lastLines }),
    }
  },
}

/**
 * @param {string} node
 * @param {(line: string) => void} say
 */
async function installExtension(node, say) {
  const user = join(FOLDER, 'data', 'User')
  mkdirSync(user, { recursive: true, mode: 0o700 })
  const settings = join(user, 'settings.json')
  if (!existsSync(settings)) writeFileSync(settings, JSON.stringify(SETTINGS, undefined, 2))
  const identity = hashOf([VSIX])
  if (isStamped(FOLDER, identity)) return 'up to date'
  await run(node, [CODE_SERVER, ...FOLDERS, '--install-extension', VSIX, '--force'], { say })
  stamp(FOLDER, identity)
}
