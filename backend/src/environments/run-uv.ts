import { spawn } from 'node:child_process'
import { buildError } from './build-error.ts'

/** How uv is started. */
export interface UvCommand {
  uv: string
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  signal: AbortSignal
  /** Called with one plain line at a time. */
  progress(line: string): void
  /** Requirements file that the command installs, for its error's place. */
  requirements?: string
}

/** Runs uv in a process group of its own; an abort kills the whole group and rejects with the signal's reason. */
export function runUv(command: UvCommand): Promise<void> {
  return new Promise((resolve, reject) => {
    command.signal.throwIfAborted()
    const child = spawn(command.uv, command.args, {
      cwd: command.cwd,
      env: { ...command.env, NO_COLOR: '1', UV_NO_PROGRESS: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    })
    const kill = (): void => {
      if (!child.pid) return
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        // The group has ended already.
      }
    }
    command.signal.addEventListener('abort', kill, { once: true })
    let stderr = ''
    let rest = ''
    child.stderr.setEncoding('utf8')
    child.stderr.on('data', (text: string) => {
      stderr = (stderr + text).slice(-100_000)
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const plain = plainProgress(line)
        if (plain) command.progress(plain)
      }
    })
    child.on('error', (error) => reject(buildError(`${command.uv}: ${error.message}`, command.requirements)))
    child.on('close', (code) => {
      command.signal.removeEventListener('abort', kill)
      if (command.signal.aborted) reject(command.signal.reason)
      else if (code === 0) resolve()
      else reject(buildError(stderr, command.requirements))
    })
  })
}

/** uv's line in the product's words, like `downloading numpy (15.6 MiB)`; nothing for lines that tell no step. */
export function plainProgress(line: string): string | undefined {
  const text = line.trim()
  const resolved = /^Resolved (\d+ packages?)/.exec(text)
  if (resolved) return `resolved ${resolved[1]}`
  const download = /^Downloading (\S+)(?: \(([\d.]+)(\w+)\))?/.exec(text)
  if (download) return `downloading ${download[1]}${download[2] ? ` (${download[2]} ${download[3]})` : ''}`
  const building = /^Building (\S+)/.exec(text)
  if (building) return `building ${building[1]}`
  const prepared = /^Prepared (\d+ packages?)/.exec(text)
  if (prepared) return `installing ${prepared[1]}`
  const installed = /^Installed (\d+ packages?)/.exec(text)
  return installed ? `compiling ${installed[1]}` : undefined
}
