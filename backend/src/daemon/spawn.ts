import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type ErrorBody, SecxopsError } from '@secxops/protocol/errors'
import type { Home } from '../home.ts'
import { logPath } from './log-file.ts'

/** File descriptor on which a starting daemon tells one line of JSON. */
export const REPORT_FD = 3

/** `busy`: another process owns the home (or is about to). */
export type StartReport = { state: 'ready' } | { state: 'busy' } | { state: 'failed'; error: ErrorBody }

/** Starts a daemon that outlives this process; answers once it is ready or another one was first. Rejects with its error. */
export async function spawnDaemon(home: Home): Promise<'ready' | 'busy'> {
  // What this process has compiled, the daemon need not compile again.
  flushCompileCache()
  const log = openSync(logPath(home.logs), 'a', 0o600)
  try {
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', 'serve', '--report'], {
      cwd: home.root,
      detached: true,
      env: daemonEnvironment(process.env, home),
      stdio: ['ignore', log, log, 'pipe'],
    })
    child.unref()
    const failed = new Promise<never>((_, reject) => child.once('error', reject))
    const line = await Promise.race([text(child.stdio[REPORT_FD] as Readable), failed])
    const report = parseReport(line, home)
    if (report.state === 'failed') throw new SecxopsError(report.error)
    return report.state
  } finally {
    closeSync(log)
  }
}

function parseReport(line: string, home: Home): StartReport {
  if (line !== '') return JSON.parse(line) as StartReport
  return {
    state: 'failed',
    error: {
      code: 'unavailable',
      message: 'The SecXOps daemon ended while it started.',
      where: { path: logPath(home.logs) },
      next: [{ kind: 'run-command', label: 'See its log', command: `tail ${logPath(home.logs)}` }],
    },
  }
}

/** The daemon keeps the variables of its first client, less the credentials of the server it came from. */
function daemonEnvironment(env: NodeJS.ProcessEnv, home: Home): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(JUPYTERHUB_|JPY_|JUPYTER_TOKEN$|VSCODE_)/.test(name))
  return { ...Object.fromEntries(kept), SECXOPS_HOME: home.root }
}
