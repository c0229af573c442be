import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { ENVIRONMENT, ROOT } from '../setup/paths.mjs'

/** Variables under which checks and tests run: the repository's own Node and Python first on PATH. */
export function surroundings(): NodeJS.ProcessEnv {
  const path = [join(ROOT, 'node_modules', '.bin'), join(ENVIRONMENT, 'bin'), process.env.PATH].join(delimiter)
  return { ...process.env, PATH: path }
}

/** Runs a command in the repository and answers its exit code and all it printed. */
export function capture(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; output: string }> {
  return finish(
    spawn(command, args, { cwd: ROOT, env: { ...surroundings(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] }),
  )
}

/** Runs a command in the repository with its output going to the terminal as it comes. */
export async function show(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...surroundings(), ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return (await finish(child)).code
}

function finish(child: ReturnType<typeof spawn>): Promise<{ code: number; output: string }> {
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
