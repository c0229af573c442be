import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { Failure } from './failure.mjs'

const KEPT_LINES = 30
const NO_NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|Failed to fetch|dns error|error sending request|Name or service not known|Temporary failure in name resolution|NewConnectionError|ConnectTimeout|\(from versions: none\)/i

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/** Ends the commands that still run. */
export function endCommands() {
  for (const child of running) child.kill('SIGTERM')
}

/**
 * Runs a command to its end; its output goes line by line to `say`. Rejects with a {@link Failure} that holds the last
 * lines; when they speak of the network, the failure says so.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, say?: (line: string) => void, next?: string}} [options]
 */
export async function run(
  command,
  args,
  { cwd, env = process.env, say = () => {}, next = 'read the lines above' } = {},
) {
  /** @type {string[]} */
  const tail = []
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => {
      if (line.trim() === '') return
      tail.push(line)
      if (tail.length > KEPT_LINES) tail.shift()
      say(line)
    })
  /** @type {number | NodeJS.Signals | Error | null} */
  const end = await new Promise((resolve) => {
    child.once('error', resolve)
    child.once('close', (code, signal) => resolve(code ?? signal))
  })
  running.delete(child)
  if (end === 0) return
  const name = [command.split('/').at(-1), ...args.slice(0, 2)].join(' ')
  if (end instanceof Error) throw new Failure(`${name} cannot be started: ${end.message}`, next)
  const evidence = tail.filter((line) => NO_NETWORK.test(line))
  if (evidence.length)
    throw new Failure(
      `${name} could not reach the package registry.`,
      'check the network, or set the proxy (HTTPS_PROXY) or the mirror that npm and uv should use, and try again',
      evidence.slice(-2),
    )
  throw new Failure(`${name} ended with ${end}.`, next, tail)
}
