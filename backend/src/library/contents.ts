import { randomUUID } from 'node:crypto'
import { constants, existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, copyFile, link, mkdir, open, readFile, rename, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ManifestEntry } from '@secxops/protocol/library'
import type { PortType } from '@secxops/protocol/module'
import type { PortContent } from '@secxops/protocol/run'
import type { Home } from '../home.ts'
import { eachOf } from './each-of.ts'
import { hashFile, sha256 } from './hash.ts'
import { readSourceTree, type SourceTree } from './source-tree.ts'
import { readOnlyFolders, removeTree } from './tree-modes.ts'

/** What `contents/<hex>/content.json` holds, so that nobody parses a manifest of a million files to know its size. */
interface Summary {
  size: number
  files: number
  /** Name of the file when the content is one file. */
  single?: string
}

/** Files hashed at the same time. */
const CONCURRENCY = 4

/**
 * Immutable contents: `contents/<hex>/{manifest.json, content.json, data/…}`. `<hex>` is the SHA-256 of `manifest.json`, which lists
 * path, size and SHA-256 of every file, sorted. A folder under that name is complete, because it came there by one rename.
 */
export class Contents {
  readonly #home: Home
  readonly #known = new Map<string, Summary>()

  constructor(home: Home) {
    this.#home = home
  }

  /** Takes a file or folder in; see `LibraryService.intern`. */
  async intern(
    source: string,
    type: PortType,
    options: { share?: boolean; signal?: AbortSignal } = {},
  ): Promise<PortContent> {
    const staged = join(this.#home.staging, randomUUID())
    try {
      const tree = await readSourceTree(source, options.signal)
      await mkdir(staged)
      if (!(options.share && tree.owned && (await linkIn(tree, staged)))) await copyIn(tree, staged)
      const manifest = await seal(tree, staged, options.signal)
      return await this.#publish(staged, tree.single ? manifest.files[0]?.path : undefined, manifest, type)
    } catch (error) {
      throw plain(error, source)
    } finally {
      await removeTree(staged)
    }
  }

  byDigest(digest: string, type: PortType): PortContent | undefined {
    const folder = this.#folder(digest)
    let summary = this.#known.get(digest)
    if (!summary) {
      if (!existsSync(join(folder, 'content.json'))) return undefined
      summary = JSON.parse(readFileSync(join(folder, 'content.json'), 'utf8')) as Summary
      this.#known.set(digest, summary)
    }
    const data = join(folder, 'data')
    return {
      type,
      digest,
      size: summary.size,
      files: summary.files,
      path: summary.single === undefined ? data : join(data, summary.single),
    }
  }

  /** True when the content is one file. */
  isSingle(digest: string): boolean {
    return this.byDigest(digest, 'file') !== undefined && this.#known.get(digest)?.single !== undefined
  }

  /** First `limit` entries of the manifest. */
  async manifest(digest: string, limit: number): Promise<ManifestEntry[]> {
    const text = await readFile(join(this.#folder(digest), 'manifest.json'), 'utf8')
    return (JSON.parse(text) as Manifest).files.slice(0, limit)
  }

  /** All digests that are stored. */
  digests(): string[] {
    return readdirSync(this.#home.contents).map((hex) => `sha256:${hex}`)
  }

  /** Folder of a content that the caller takes away: from now on it is not there. */
  giveUp(digest: string): string {
    this.#known.delete(digest)
    return this.#folder(digest)
  }

  #folder(digest: string): string {
    const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1]
    if (!hex) throw new SecxopsError({ code: 'bad-request', message: `${digest} is not a digest.` })
    return join(this.#home.contents, hex)
  }

  async #publish(staged: string, single: string | undefined, manifest: Manifest, type: PortType): Promise<PortContent> {
    const text = JSON.stringify(manifest)
    const digest = `sha256:${sha256(text)}`
    const known = this.byDigest(digest, type)
    if (known) return known
    const size = manifest.files.reduce((sum, file) => sum + file.size, 0)
    const summary: Summary = { size, files: manifest.files.length, ...(single === undefined ? {} : { single }) }
    await writeSynced(join(staged, 'manifest.json'), text)
    await writeSynced(join(staged, 'content.json'), JSON.stringify(summary))
    await readOnlyFolders(join(staged, 'data'))
    for (const folder of new Set(manifest.files.map((file) => dirname(join(staged, 'data', file.path))))) {
      await syncFolder(folder)
    }
    await syncFolder(staged)
    await rename(staged, this.#folder(digest)).catch((error: NodeJS.ErrnoException) => {
      // Somebody took in the same content at the same time.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
    await syncFolder(this.#home.contents)
    const content = this.byDigest(digest, type)
    if (!content)
      throw new SecxopsError({ code: 'internal', message: `The content ${digest} vanished while it was stored.` })
    return content
  }
}

interface Manifest {
  single: boolean
  files: ManifestEntry[]
}

/**
 * Gives every file a second name in the staging folder: nothing is copied, and the source stands until its owner removes it,
 * so that a killed backend can do it again. False where that is not possible (another file system, one without such links).
 */
async function linkIn(tree: SourceTree, staged: string): Promise<boolean> {
  await makeFolders(tree, staged)
  try {
    await eachOf(tree.files, CONCURRENCY, (file) => link(file.from, join(staged, 'data', file.path)))
    return true
  } catch {
    await removeTree(join(staged, 'data'))
    return false
  }
}

async function copyIn(tree: SourceTree, staged: string): Promise<void> {
  const size = tree.files.reduce((sum, file) => sum + file.size, 0)
  const { bavail, bsize } = await statfs(staged)
  if (size > bavail * bsize) throw Object.assign(new Error(`${size} bytes needed`), { code: 'ENOSPC' })
  await makeFolders(tree, staged)
  await eachOf(tree.files, CONCURRENCY, (file) =>
    copyFile(file.from, join(staged, 'data', file.path), constants.COPYFILE_FICLONE),
  )
}

async function makeFolders(tree: SourceTree, staged: string): Promise<void> {
  const folders = new Set(tree.files.map((file) => dirname(join(staged, 'data', file.path))))
  for (const folder of folders) await mkdir(folder, { recursive: true })
}

/** Hashes what lies in the staging folder, so that the digest is of what is kept, and makes it durable and read-only. */
async function seal(tree: SourceTree, staged: string, signal: AbortSignal | undefined): Promise<Manifest> {
  const files: ManifestEntry[] = new Array(tree.files.length)
  await eachOf(tree.files, CONCURRENCY, async ({ path }, index) => {
    const stored = join(staged, 'data', path)
    const file = await open(stored, 'r')
    try {
      const { mode } = await file.stat()
      files[index] = { path, ...(await hashFile(file, signal)) }
      await file.chmod(mode & 0o111 ? 0o555 : 0o444)
      await file.sync()
    } finally {
      await file.close()
    }
  })
  return { single: tree.single, files }
}

async function writeSynced(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flush: true })
  await chmod(path, 0o444)
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function plain(error: unknown, source: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new SecxopsError({
      code: 'disk-full',
      message: `There is not enough space to store ${source}. Nothing was stored; free some space and do it again.`,
      where: { path: source },
      cause: message,
    })
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new SecxopsError({
      code: 'forbidden',
      message: `${source} cannot be read completely.`,
      where: { path: source },
      cause: message,
    })
  }
  return error
}
