import { execFile } from 'node:child_process'
import { accessSync, constants, statfsSync } from 'node:fs'
import { promisify } from 'node:util'
import { socketPath } from '@secxops/client/node/socket-path'
import type { DoctorReport } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/errors'
import { usedBy } from '../clean/disk-use.ts'
import { pinnedUv } from '../environments/install-uv.ts'
import { createEnvironmentService } from '../environments/service.ts'
import type { Home } from '../home.ts'

type Check = DoctorReport['checks'][number]

const MIB = 1024 ** 2
const GIB = 1024 ** 3
/** Fewer free bytes than this are worth a warning: one Python environment of a module takes about as much. */
const ENOUGH_SPACE = 2 * GIB
/** First SQLite without the WAL-reset damage. */
const SQLITE = [3, 51, 3]

/**
 * Checks what SecXOps needs on this machine; needs no daemon. Each finding that is not good says how to mend it. `python`: the one of
 * the settings, where they are known.
 */
export async function runDoctor(home: Home, python = ''): Promise<DoctorReport> {
  const environments = createEnvironmentService({ home, settings: () => ({ python }) })
  const checks: Check[] = [
    checkNode(),
    checkSqlite(),
    await checkHome(home),
    checkSpace(home),
    await attempt('Socket', () => socketPath(home.root)),
    await attempt('Python', async () => {
      const found = await environments.findPython()
      return `${found.version} (${found.path})`
    }),
    await attempt('uv', async () => (await environments.findUv()) ?? `${pinnedUv()} will be installed on first use`),
    await checkJupyterLab(() => environments.findPython()),
  ]
  return { ok: checks.every((check) => check.ok), checks }
}

function checkNode(): Check {
  const ok = Number(process.versions.node.split('.')[0]) >= 24
  const found: Check = { name: 'Node', ok, detail: `${process.versions.node} (${process.execPath})` }
  return ok ? found : { ...found, fix: 'Install Node 24 or set SECXOPS_NODE to its path.' }
}

function checkSqlite(): Check {
  const version = process.versions.sqlite ?? ''
  const ok = notBefore(version.split('.').map(Number), SQLITE)
  const found: Check = { name: 'SQLite', ok, detail: version || 'not in this Node' }
  return ok
    ? found
    : { ...found, fix: `Use a Node 24 with SQLite ${SQLITE.join('.')} or later: older ones can damage a database.` }
}

/** Version `a` is `b` or later. */
function notBefore(a: number[], b: number[]): boolean {
  const at = b.findIndex((part, i) => (a[i] ?? 0) !== part)
  return at < 0 || (a[at] ?? 0) > (b[at] ?? 0)
}

async function checkHome(home: Home): Promise<Check> {
  try {
    accessSync(home.root, constants.R_OK | constants.W_OK | constants.X_OK)
    const size = await usedBy(home.root)
    return { name: 'Home', ok: true, detail: `${home.root}, ${Math.ceil(size / MIB)} MiB (secxops clean frees some)` }
  } catch {
    return {
      name: 'Home',
      ok: false,
      detail: `${home.root} cannot be written`,
      fix: 'Set SECXOPS_HOME to a folder of yours.',
    }
  }
}

function checkSpace(home: Home): Check {
  const { bavail, bsize } = statfsSync(home.root)
  const free = bavail * bsize
  const detail = `${(free / GIB).toFixed(1)} GiB free at ${home.root}`
  return free >= ENOUGH_SPACE
    ? { name: 'Disk', ok: true, detail }
    : { name: 'Disk', ok: false, detail, fix: 'Free some space, or set SECXOPS_HOME to a folder on a larger disk.' }
}

async function attempt(name: string, find: () => Promise<string> | string): Promise<Check> {
  try {
    return { name, ok: true, detail: await find() }
  } catch (error) {
    if (!(error instanceof SecxopsError)) return { name, ok: false, detail: String(error) }
    const { message, cause, next } = error.body
    const command = next?.find((action) => action.kind === 'run-command')
    const detail = cause ? `${message} (${cause})` : message
    return { name, ok: false, detail, ...(command ? { fix: command.command } : {}) }
  }
}

/** Without JupyterLab the command line still does everything, so its absence is told but is no failure. */
async function checkJupyterLab(findPython: () => Promise<{ path: string }>): Promise<Check> {
  const name = 'JupyterLab'
  try {
    const { path } = await findPython()
    const { stdout } = await promisify(execFile)(
      path,
      ['-c', 'import importlib.metadata as m; print(m.version("jupyterlab"))'],
      { timeout: 10_000 },
    )
    return { name, ok: true, detail: stdout.trim() }
  } catch {
    return { name, ok: true, detail: 'not found beside this Python; the command line works without it' }
  }
}
