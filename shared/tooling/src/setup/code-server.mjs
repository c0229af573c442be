import { cpSync, existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { npm } from './npm.mjs'
import { CACHE, ROOT } from './paths.mjs'
import { hashOf, isStamped, stamp } from './stamp.mjs'

const LOCK = join(ROOT, 'shared', 'tooling', 'code-server')
const FOLDER = join(CACHE, 'code-server')
const PACKAGE = join(FOLDER, 'node_modules', 'code-server')

const VSCODE = join(PACKAGE, 'lib', 'vscode')

/** The script that starts VS Code in a browser; it needs Node 24. Of code-server only this server of VS Code is used: it takes a token. */
export const CODE_SERVER = join(VSCODE, 'out', 'server-main.js')

/**
 * Puts the pinned code-server into `.cache/code-server`: its lock file there, VS Code's own packages by the lock file that
 * code-server carries. No package runs a script of its own while it is installed. Everything runs without a compiler; where
 * there is one, VS Code's log writer is built too, so that it keeps log files.
 * @param {string} node Node 24
 * @param {(line: string) => void} say
 */
export async function ensureCodeServer(node, say) {
  const identity = hashOf([join(LOCK, 'package-lock.json')])
  if (existsSync(CODE_SERVER) && isStamped(FOLDER, identity)) return 'up to date'
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(LOCK, file), join(FOLDER, file))
  say('code-server')
  await npm(['ci', '--ignore-scripts'], { cwd: FOLDER, say, node })
  say('VS Code')
  await npm(['ci', '--ignore-scripts', '--omit=dev', '--legacy-peer-deps'], { cwd: VSCODE, say, node })
  const word = await buildLogWriter(node, say)
  stamp(FOLDER, identity)
  return word
}

/**
 * @param {string} node
 * @param {(line: string) => void} say
 */
async function buildLogWriter(node, say) {
  say('log writer')
  // Node's headers lie beside it: nothing is fetched for the compiler.
  const env = { ...process.env, npm_config_nodedir: dirname(dirname(realpathSync(node))) }
  try {
    await npm(['rebuild', '@vscode/spdlog'], { cwd: VSCODE, say, node, env })
    return undefined
  } catch {
    return 'without log files: no C++ compiler'
  }
}
