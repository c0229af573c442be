import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { NodeRuntime } from './node-runtime.ts'
import { BackendProblem, type Target } from './target.ts'

/** Starting takes half a second; a machine that is swapping may take much longer. */
const PATIENCE = 60_000

/** How the backend's own program is started. */
export interface BackendProgram {
  node: NodeRuntime
  /** Absolute path of `secxops.mjs`. */
  bundle: string
  /** Added to the environment of the editor. */
  environment: Record<string, string>
}

/** Finds or starts the daemon of the user's home. Rejects with {@link BackendProblem}. */
export async function ensureDaemon(program: BackendProgram): Promise<Target> {
  const { stdout, stderr } = await runBackend(program, ['serve', '--ensure', '--json'])
  const answer = parse(stdout)
  if (typeof answer?.socket === 'string') {
    return { socket: answer.socket, version: String(answer.version), home: String(answer.home) }
  }
  const error = answer?.error as ErrorBody | undefined
  if (error?.message) throw new BackendProblem(error, error.code === 'conflict' ? 'version' : 'retry')
  throw new BackendProblem(
    { code: 'unavailable', message: 'The SecXOps backend could not be started.', cause: stderr.trim().slice(-2000) },
    'retry',
  )
}

/** Runs one command of the backend's program; what it printed, whatever its exit code. */
export function runBackend(
  { node, bundle, environment }: BackendProgram,
  words: string[],
): Promise<{ stdout: string; stderr: string }> {
  if (!existsSync(bundle)) {
    throw new BackendProblem(
      { code: 'unavailable', message: `The backend is missing: ${bundle}. Install the extension again.` },
      'retry',
    )
  }
  return new Promise((resolve) => {
    execFile(
      node.path,
      [bundle, ...words],
      { env: { ...process.env, ...node.environment, ...environment }, timeout: PATIENCE, maxBuffer: 16 * 1_048_576 },
      (error, stdout, stderr) => resolve({ stdout, stderr: stderr || (error ? error.message : '') }),
    )
  })
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
