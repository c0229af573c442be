import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PYTHON } from '../setup/paths.mjs'
import { untilAnswers } from './answer.mjs'
import { lastLinesOf } from './log-file.mjs'
import { JUPYTER_HOME } from './surroundings.mjs'

const LOG = join(JUPYTER_HOME, 'jupyter.log')

/** @type {import('./editors.mjs').Editor} */
export const jupyterLab = {
  name: 'JupyterLab',
  steps: 0,
  async setUp() {},
  start({ port, directory, env }) {
    const token = randomBytes(24).toString('hex')
    const child = startJupyter({ port, directory, token, env })
    const lastLines = () => lastLinesOf(LOG)
    return {
      child,
      url: `http://127.0.0.1:${port}/lab?token=${token}`,
      shown: false,
      lastLines,
      // The page and, through it, the backend.
      async ready(say) {
        const headers = { authorization: `token ${token}` }
        for (const path of ['/lab', '/secxops/api/health']) {
          say(path === '/lab' ? 'JupyterLab' : 'backend')
          const editor = { name: 'JupyterLab', child, logFile: LOG, lastLines, headers }
          await untilAnswers(`http://127.0.0.1:${port}${path}`, editor)
        }
      },
    }
  },
}

/**
 * Starts JupyterLab on 127.0.0.1 in a session of its own, so that Ctrl-C reaches only us. The token goes by a file, never
 * by the command line.
 * @param {{port: number, directory: string, token: string, env: NodeJS.ProcessEnv}} options
 */
function startJupyter({ port, directory, token, env }) {
  const config = join(JUPYTER_HOME, 'config')
  mkdirSync(config, { recursive: true, mode: 0o700 })
  const settings = {
    ServerApp: {
      ip: '127.0.0.1',
      port,
      port_retries: 0,
      root_dir: directory,
      allow_root: process.getuid?.() === 0,
    },
    IdentityProvider: { token },
  }
  writeFileSync(join(config, 'jupyter_server_config.json'), JSON.stringify(settings), { mode: 0o600 })
  const log = openSync(LOG, 'w', 0o600)
  return spawn(PYTHON, ['-m', 'jupyterlab', '--no-browser'], {
    cwd: directory,
    env,
    detached: true,
    stdio: ['ignore', log, log],
  })
}
