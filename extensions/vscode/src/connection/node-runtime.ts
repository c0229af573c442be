import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { BackendProblem } from './target.ts'

/** A Node that can run the backend. */
export interface NodeRuntime {
  path: string
  version: string
  /** Variables that make it behave as Node: the editor's own program is Electron. */
  environment: Record<string, string>
}

/** What a program says about itself. */
interface Found {
  path: string
  node: string
  sqlite: string
}

const NODE = [24, 0, 0]
/** First SQLite without the damage at resetting the write-ahead log. */
const SQLITE = [3, 51, 3]
const PATIENCE = 10_000
const ASK =
  'try{process.getBuiltinModule("node:sqlite")}catch{};' +
  'process.stdout.write(JSON.stringify({path:process.execPath,node:process.versions.node,sqlite:process.versions.sqlite??""}))'

/** Asks a program for its versions; rejects when it is no Node or cannot be started. */
export type AskNode = (program: string, environment: Record<string, string>) => Promise<Found>

export const askNode: AskNode = async (program, environment) => {
  const { stdout } = await promisify(execFile)(program, ['-e', ASK], {
    env: { ...process.env, ...environment },
    timeout: PATIENCE,
  })
  try {
    return JSON.parse(stdout) as Found
  } catch {
    throw new Error('is no Node')
  }
}

/**
 * Finds the Node that runs the backend: the one of the settings, else the editor's own, else the one on PATH. `own`: the
 * program that runs the extensions, and whether it is Electron. Rejects with a {@link BackendProblem} that says what was looked at.
 */
export async function findNode(
  options: { setting: string; own: { path: string; electron: boolean } },
  ask: AskNode = askNode,
): Promise<NodeRuntime> {
  const { setting, own } = options
  const candidates: { program: string; name: string; environment: Record<string, string> }[] = setting
    ? [{ program: setting, name: `secxops.nodePath (${setting})`, environment: {} }]
    : [
        {
          program: own.path,
          name: 'the Node of the editor',
          environment: own.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {},
        },
        { program: 'node', name: 'the Node on PATH', environment: {} },
      ]
  const seen: string[] = []
  for (const { program, name, environment } of candidates) {
    try {
      const { path, node, sqlite } = await ask(program, environment)
      if (notBefore(node, NODE) && notBefore(sqlite, SQLITE)) return { path, version: node, environment }
      seen.push(`${name}: Node ${node}, SQLite ${sqlite || 'missing'}`)
    } catch (error) {
      seen.push(`${name}: ${reason(error)}`)
    }
  }
  throw new BackendProblem(
    {
      code: 'unavailable',
      message: `SecXOps needs Node 24 with SQLite ${SQLITE.join('.')} or later to run its backend.`,
      cause: `Looked at ${seen.join('; ')}.`,
    },
    'node',
  )
}

/** `version` is `least` or later. */
function notBefore(version: string, least: number[]): boolean {
  const parts = version.split('.').map(Number)
  const at = least.findIndex((part, i) => (parts[i] ?? 0) !== part)
  return at < 0 || (parts[at] ?? 0) > (least[at] ?? 0)
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'not found'
  if (code === 'EACCES') return 'cannot be started'
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}
