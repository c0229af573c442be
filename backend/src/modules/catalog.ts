import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ModuleSummary, ModuleVersionInfo } from '@secxops/protocol/library'
import { didYouMean } from '@secxops/protocol/suggest'
import type { Home } from '../home.ts'
import type { Store } from '../services.ts'
import { isFile, readModule } from './locate.ts'
import { newestFirst } from './version.ts'

/** One saved or built-in version, without its module file. */
export interface CatalogEntry {
  name: string
  version: string
  createdAt: string
  digest: string
  size: number
  files: number
  builtin: boolean
  /** Absolute path of the snapshot. */
  path: string
}

/** The library of modules: the user's saved versions and the built-in ones that ship with the product. */
export class ModuleCatalog {
  readonly #store: Store
  readonly #home: Pick<Home, 'modules'>
  readonly #builtins: CatalogEntry[]

  /** `builtinFolder`: one folder a module, each with module.yaml. */
  constructor(store: Store, home: Pick<Home, 'modules'>, builtinFolder: string) {
    this.#store = store
    this.#home = home
    this.#builtins = readBuiltins(builtinFolder)
  }

  /** Versions of one name, newest first; all names without one. */
  entries(name?: string): CatalogEntry[] {
    const rows = name
      ? this.#store.db.prepare('SELECT * FROM module_versions WHERE name = ?').all(name)
      : this.#store.db.prepare('SELECT * FROM module_versions').all()
    const saved = rows.map((row): CatalogEntry => {
      const [own, version] = [String(row.name), String(row.version)]
      return {
        name: own,
        version,
        createdAt: String(row.created_at),
        digest: String(row.digest),
        size: Number(row.size),
        files: Number(row.files),
        builtin: false,
        path: join(this.#home.modules, own, version),
      }
    })
    return [...saved, ...this.#builtins.filter((entry) => !name || entry.name === name)].sort(
      (a, b) => a.name.localeCompare(b.name) || newestFirst(a.version, b.version),
    )
  }

  isBuiltin(name: string): boolean {
    return this.#builtins.some((entry) => entry.name === name)
  }

  /** A version, or the newest. Rejects with unknown-module or unknown-version and a suggestion. */
  find(name: string, version?: string): CatalogEntry {
    const entries = this.entries(name)
    const found = version ? entries.find((entry) => entry.version === version) : entries[0]
    if (found) return found
    if (entries.length > 0)
      throw new SecxopsError({
        code: 'unknown-version',
        message: `Module ${name} has no version ${version}. It has ${entries
          .slice(0, 10)
          .map((entry) => entry.version)
          .join(', ')}.`,
      })
    const near = didYouMean(name, [...new Set(this.entries().map((entry) => entry.name))])
    throw new SecxopsError({
      code: 'unknown-module',
      message: `No module is called "${name}" in the library.${near ? ` Did you mean "${near}"?` : ''} Write ./${name} for a folder beside the workflow, or save a version of it first.`,
    })
  }

  info(entry: CatalogEntry): ModuleVersionInfo {
    return { ...entry, module: readModule(entry.path).module }
  }

  list(): ModuleSummary[] {
    const byName = Map.groupBy(this.entries(), (entry) => entry.name)
    return [...byName.values()].flatMap((entries): ModuleSummary[] => {
      const [latest] = entries
      if (!latest) return []
      return [
        {
          name: latest.name,
          latest: latest.version,
          versions: entries.map((entry) => entry.version),
          builtin: latest.builtin,
          description: descriptionOf(latest),
          createdAt: latest.createdAt,
        },
      ]
    })
  }
}

function descriptionOf(entry: CatalogEntry): string {
  try {
    return readModule(entry.path).module.description ?? ''
  } catch {
    // A snapshot that was damaged from outside still has to be listed, so that it can be seen and replaced.
    return ''
  }
}

function readBuiltins(folder: string): CatalogEntry[] {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  return names
    .map((name) => join(folder, name))
    .filter((path) => isFile(join(path, 'module.yaml')))
    .map((path) => {
      const { module } = readModule(path)
      const files = readdirSync(path).map((name) => statSync(join(path, name)))
      return {
        name: module.name,
        version: module.version ?? '1.0.0',
        createdAt: statSync(path).mtime.toISOString(),
        digest: '',
        size: files.reduce((sum, file) => sum + file.size, 0),
        files: files.length,
        builtin: true,
        path,
      }
    })
}
