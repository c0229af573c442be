import { spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Failure } from '../setup/failure.mjs'
import { PYTHON } from '../setup/paths.mjs'
import { JUPYTER_HOME } from './surroundings.mjs'

const DEADLINE = 120_000
const LOG = join(JUPYTER_HOME, 'jupyter.log')

/**
 * Starts JupyterLab on 127.0.0.1 in a session of its own, so that Ctrl-C reaches only us. The token goes by a file, never
 * by the command line.
 * @param {{port: number, directory: string, token: string, env: NodeJS.ProcessEnv}} options
 */
export function startJupyter({ port, directory, token, env }) {
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

/**
 * Resolves when the page and, through it, the backend answer.
 * @param {import('node:child_process').ChildProcess} jupyter
 * @param {{port: number, token: string, say: (line: string) => void}} options
 */
export async function jupyterReady(jupyter, { port, token, say }) {
  const base = `http://127.0.0.1:${port}`
  const deadline = performance.now() + DEADLINE
  for (const path of ['/lab', '/secxops/api/health']) {
    say(path === '/lab' ? 'JupyterLab' : 'backend')
    while (!(await answers(base + path, token))) {
      if (jupyter.exitCode !== null || jupyter.signalCode !== null)
        throw new Failure('JupyterLab ended while it started.', `read ${LOG}`, lastLines())
      if (performance.now() > deadline)
        throw new Failure(`${path} did not answer within ${DEADLINE / 1000} s.`, `read ${LOG}`, lastLines())
      await wait(100)
    }
  }
}

/** Last lines of JupyterLab's log. */
export function lastLines() {
  return readFileSync(LOG, 'utf8').trimEnd().split('\n').slice(-15)
}

/**
 * @param {string} url
 * @param {string} token
 */
async function answers(url, token) {
  try {
    const response = await fetch(url, {
      headers: { authorization: `token ${token}` },
      signal: AbortSignal.timeout(10_000),
    })
    await response.body?.cancel()
    return response.status === 200
  } catch {
    return false
  }
}
