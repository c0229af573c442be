import { readdirSync, readFileSync, statSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, matchesGlob, relative } from 'node:path'
import { EventEmitter, FileSystemError, Uri } from './fake-values.ts'

/** Milliseconds between two looks at the folder; the editor gathers changes about as long. */
const LOOK = 75

type Pattern = string | { base: unknown; pattern: unknown }

/** Paths below `root` that fit `pattern`, which may have a folder of its own. */
const fits = (root: string, path: string, pattern: Pattern): boolean => {
  if (typeof pattern === 'string') return matchesGlob(relative(root, path), pattern)
  const { base } = pattern
  const folder = base instanceof Uri ? base.fsPath : (base as { uri: Uri }).uri.fsPath
  return path.startsWith(`${folder}/`) && matchesGlob(relative(folder, path), String(pattern.pattern))
}

/** A real folder that the editor has open: finds its files and tells what happens to them, whoever does it. */
export class FakeFolder {
  readonly root: string
  readonly #happened = new EventEmitter<{ kind: 'created' | 'changed' | 'deleted'; path: string }>()
  readonly #clock: ReturnType<typeof setInterval>
  #seen: Map<string, string>

  constructor(root: string) {
    this.root = root
    this.#seen = this.#look()
    this.#clock = setInterval(() => this.#compare(), LOOK)
  }

  close(): void {
    clearInterval(this.#clock)
  }

  find(pattern: Pattern, except: string | undefined, most = Number.POSITIVE_INFINITY): Uri[] {
    return [...this.#look().keys()]
      .filter((path) => fits(this.root, path, pattern))
      .filter((path) => except === undefined || !matchesGlob(relative(this.root, path), except))
      .slice(0, most)
      .map((path) => Uri.file(path))
  }

  watch(pattern: Pattern) {
    const [created, changed, deleted] = [new EventEmitter<Uri>(), new EventEmitter<Uri>(), new EventEmitter<Uri>()]
    const stop = this.#happened.event(({ kind, path }) => {
      if (fits(this.root, path, pattern)) ({ created, changed, deleted })[kind].fire(Uri.file(path))
    })
    return {
      onDidCreate: created.event,
      onDidChange: changed.event,
      onDidDelete: deleted.event,
      dispose: () => stop.dispose(),
    }
  }

  /** Calls back with the path of each file whose content may be another now. */
  onContent(listener: (path: string) => void): void {
    this.#happened.event(({ kind, path }) => kind !== 'deleted' && listener(path))
  }

  #compare(): void {
    const [before, now] = [this.#seen, this.#look()]
    this.#seen = now
    for (const [path, stamp] of now) {
      const old = before.get(path)
      if (old !== stamp) this.#happened.fire({ kind: old === undefined ? 'created' : 'changed', path })
    }
    for (const path of before.keys()) if (!now.has(path)) this.#happened.fire({ kind: 'deleted', path })
  }

  #look(): Map<string, string> {
    const seen = new Map<string, string>()
    for (const entry of readdirSync(this.root, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      const about = entry.isFile() ? statSync(path, { throwIfNoEntry: false }) : undefined
      if (about) seen.set(path, `${about.mtimeMs} ${about.size} ${about.ino}`)
    }
    return seen
  }
}

async function told<T>(uri: Uri, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new FileSystemError(code === 'ENOENT' ? 'FileNotFound' : (code ?? 'Unknown'), uri.fsPath)
  }
}

const exists = (uri: Uri): boolean => statSync(uri.fsPath, { throwIfNoEntry: false }) !== undefined

/** `workspace.fs`. */
export const fileSystem = {
  readFile: (uri: Uri) => told(uri, readFile(uri.fsPath)),
  async writeFile(uri: Uri, bytes: Uint8Array) {
    await mkdir(dirname(uri.fsPath), { recursive: true })
    await writeFile(uri.fsPath, bytes)
  },
  stat: (uri: Uri) => told(uri, stat(uri.fsPath)),
  createDirectory: async (uri: Uri) => void (await mkdir(uri.fsPath, { recursive: true })),
  delete: (uri: Uri) => told(uri, rm(uri.fsPath, { recursive: true })),
  async readDirectory(uri: Uri): Promise<[string, number][]> {
    const entries = await told(uri, readdir(uri.fsPath, { withFileTypes: true }))
    return entries.map((entry) => [entry.name, entry.isDirectory() ? 2 : 1])
  },
  async rename(from: Uri, to: Uri, { overwrite = false } = {}) {
    if (!overwrite && exists(to)) throw new FileSystemError('FileExists', to.fsPath)
    await told(from, rename(from.fsPath, to.fsPath))
  },
  async copy(from: Uri, to: Uri, { overwrite = false } = {}) {
    if (!overwrite && exists(to)) throw new FileSystemError('FileExists', to.fsPath)
    await told(from, cp(from.fsPath, to.fsPath, { recursive: true }))
  },
}

/** Text of a file; throws where there is none. */
export const textOfFile = (uri: Uri): string => readFileSync(uri.fsPath, 'utf8')
