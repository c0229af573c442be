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
  'process.stdout.write(JSON.stringify({path:process.execPath,node:process.versions.node,sqlite:process.versions.sqlite??""}))'

/** Asks a program for its versions; rejects when it is no Node or cannot be started. */
export type AskNode = (program: string) => Promise<Found>

export const askNode: AskNode = async (program) => {
  const { stdout } = await promisify(execFile)(program, ['-e', ASK], { timeout: PATIENCE })
  try {
    return JSON.parse(stdout) as Found
  } catch {
    throw new Error('is no Node')
  }
}

/** The program that runs the extensions; `electron`: it is Node only where it is told to be. */
export interface EditorNode extends Found {
  electron: boolean
}

const thisNode = (): EditorNode => ({
  path: process.execPath,
  node: process.versions.node,
  sqlite: process.versions.sqlite ?? '',
  electron: process.versions.electron !== undefined,
})

/**
 * Finds the Node that runs the backend: the one of the settings, else the editor's own, which nobody has to be asked about, else the one
 * on PATH. `setting`: empty where there is none. Rejects with a {@link BackendProblem} that says what was looked at.
 */
export async function findNode(
  setting: string,
  own: EditorNode = thisNode(),
  ask: AskNode = askNode,
): Promise<NodeRuntime> {
  const candidates: { name: string; found(): Found | Promise<Found>; asNode?: boolean }[] = setting
    ? [{ name: `secxops.nodePath (${setting})`, found: () => ask(setting) }]
    : [
        { name: 'the Node of the editor', found: () => own, asNode: own.electron },
        { name: 'the Node on PATH', found: () => ask('node') },
      ]
  const seen: string[] = []
  for (const { name, found, asNode } of candidates) {
    try {
      const { path, node, sqlite } = await found()
      const environment: Record<string, string> = asNode ? { ELECTRON_RUN_AS_NODE: '1' } : {}
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
