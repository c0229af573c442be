import { spawn } from 'node:child_process'
import { Failure } from '../../shared/tooling/src/setup/failure.mjs'

/** What a command prints on stdout. Rejects with a {@link Failure} that holds what it printed on stderr when it does not end with 0. */
export function output(command: string, args: string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'pipe' })
    let out = ''
    let complaint = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      complaint += text
    })
    const name = [command.split('/').at(-1), ...args].join(' ')
    child.once('error', (error) =>
      reject(new Failure(`${name} cannot be started: ${error.message}`, 'see whether it is installed')),
    )
    child.once('close', (code, signal) => {
      if (code === 0) resolve(out)
      else {
        const lines = complaint.trim().split('\n')
        reject(new Failure(`${name} ended with ${code ?? signal}: ${lines.at(-1)}`, 'read the lines above', lines))
      }
    })
    // A command that ends without reading its input is judged by its exit code.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}
