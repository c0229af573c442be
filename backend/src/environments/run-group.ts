import { spawn } from 'node:child_process'

/** A helper program and how it is started. */
export interface GroupCommand {
  command: string
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  signal: AbortSignal
  /** Called with each whole line of stderr. */
  line?(text: string): void
}

/**
 * Runs a program in a process group of its own; an abort kills the whole group and rejects with the signal's reason. Rejects with
 * Node's error when it cannot be started. `stderr`: its last 100,000 characters.
 */
export function runGroup(command: GroupCommand): Promise<{ code: number | null; stderr: string }> {
  return new Promise((resolve, reject) => {
    command.signal.throwIfAborted()
    const child = spawn(command.command, command.args, {
      cwd: command.cwd,
      env: command.env,
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
      for (const line of lines) command.line?.(line)
    })
    child.on('error', reject)
    child.on('close', (code) => {
      command.signal.removeEventListener('abort', kill)
      if (command.signal.aborted) reject(command.signal.reason)
      else resolve({ code, stderr })
    })
  })
}
