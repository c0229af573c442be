import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { KeptModule } from '@secxops/protocol/library'
import { writeModule } from '@secxops/protocol/module-document'
import type { Home } from '../home.ts'
import type { Events, ModuleService, Store } from '../services.ts'
import { writeAtomic } from './atomic.ts'
import type { ModuleCatalog } from './catalog.ts'
import { refuseBadModule } from './check.ts'
import { listFiles } from './files.ts'
import { readModule } from './locate.ts'
import { withEnvironment } from './needs-python.ts'
import { newestFirst, nextVersion } from './version.ts'

/** What Save version needs. */
export interface SaveContext {
  home: Pick<Home, 'modules' | 'staging'>
  store: Store
  events: Events
  catalog: ModuleCatalog
  modules: ModuleService
}

/** Saves wait for each other: two at once could choose the same number. */
let last: Promise<unknown> = Promise.resolve()

/**
 * Takes an immutable snapshot of the module behind `path` into the library and notes the version in the module file.
 * All or nothing: staged, synced, renamed into place, and only then the row that makes it exist. Without `version` the same
 * content as the newest version gives that version back, `unchanged`. Rejects with version-exists, conflict or disk-full.
 */
export function saveVersion(context: SaveContext, path: string, version?: string): Promise<KeptModule> {
  const turn = last.then(() => save(context, path, version))
  last = turn.catch(() => undefined)
  return turn
}

async function save(context: SaveContext, path: string, wanted?: string): Promise<KeptModule> {
  const { catalog, home } = context
  const source = readModule(path)
  refuseBadModule(source.module, source.modulePath)
  const { name } = source.module
  if (catalog.isBuiltin(name))
    throw new SecxopsError({
      code: 'conflict',
      message: `"${name}" is the name of a built-in module. Give yours another name.`,
      where: { path: source.modulePath, field: 'name' },
    })
  const saved = catalog.entries(name)
  if (wanted && saved.some((entry) => entry.version === wanted))
    throw new SecxopsError({
      code: 'version-exists',
      message: `Module ${name} ${wanted} exists already, and a saved version never changes. Leave the version out to get the next one.`,
      where: { path: source.modulePath },
    })
  const version =
    wanted ??
    nextVersion(
      saved.map((entry) => entry.version),
      source.module.version,
    )
  const module = withEnvironment(source.module)
  const staged = join(home.staging, `module-${randomBytes(6).toString('hex')}`)
  mkdirSync(staged, { recursive: true })
  try {
    const digest = await context.modules.materialize({ ref: path, module, path: source.directory, live: true }, staged)
    const [newest] = saved
    const raised = newest && source.module.version && newestFirst(source.module.version, newest.version) < 0
    if (!wanted && !raised && newest?.digest === digest) return { ...catalog.info(newest), unchanged: true }
    const text = writeModule({ ...source.module, version }, source.text)
    writeFileSync(join(staged, 'module.yaml'), text)
    const files = await listFiles(staged, { files: undefined })
    seal(staged)
    const target = join(home.modules, name, version)
    mkdirSync(dirname(target), { recursive: true })
    // A folder without a row is what a crash left; nothing refers to it.
    rmSync(target, { recursive: true, force: true })
    renameSync(staged, target)
    const row = {
      createdAt: new Date().toISOString(),
      size: files.reduce((sum, file) => sum + file.size, 0),
      count: files.length,
    }
    await context.store.write((db) =>
      db
        .prepare(
          'INSERT INTO module_versions (name, version, created_at, digest, size, files) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(name, version, row.createdAt, digest, row.size, row.count),
    )
    if (source.module.version !== version) writeAtomic(source.modulePath, text)
    context.events.publish({ type: 'module', name, version })
    return catalog.info(catalog.find(name, version))
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
      throw new SecxopsError({
        code: 'disk-full',
        message: `The disk is full: version ${version} of ${name} was not saved, and nothing half-made was kept. Free space and save again.`,
        where: { path: home.modules },
      })
    throw error
  } finally {
    rmSync(staged, { recursive: true, force: true })
  }
}

/** Makes every file of a snapshot read-only and durable. */
function seal(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) {
      sync(path)
      chmodSync(path, statSync(path).mode & 0o100 ? 0o555 : 0o444)
    } else if (entry.isDirectory()) sync(path)
  }
  sync(folder)
}

function sync(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
