import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ModuleFile } from '@secxops/protocol/module'
import type { SourceFile } from './files.ts'

/** Hashes of file contents, remembered by the file's stamp so that an unchanged file is never read twice. */
export class ContentHashes {
  readonly #known = new Map<string, { stamp: string; sha256: string }>()

  /** Hash of a listed file below `directory`. */
  async of(directory: string, file: SourceFile): Promise<string> {
    const path = join(directory, file.path)
    const known = this.recall(directory, file)
    if (known) return known
    const sha256 = file.link === undefined ? await hashFile(path) : createHash('sha256').update(file.link).digest('hex')
    if (this.#known.size > 100_000) this.#known.clear()
    this.#known.set(path, { stamp: file.stamp, sha256 })
    return sha256
  }

  /** The hash when it is known without reading. */
  recall(directory: string, file: SourceFile): string | undefined {
    const known = this.#known.get(join(directory, file.path))
    return known?.stamp === file.stamp ? known.sha256 : undefined
  }
}

/** SHA-256 of a file's bytes in hex. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/**
 * `sha256:…` of a module: what it does (module file less version, description and `files`) and the files it has.
 * A saved version and the live source it was taken from have the same digest.
 */
export function moduleDigest(module: ModuleFile, files: { file: SourceFile; sha256: string }[]): string {
  const { version: _version, description: _description, files: _files, ...meaning } = module
  const hash = createHash('sha256').update(canonical(meaning))
  for (const { file, sha256 } of files)
    hash.update(`\n${file.link === undefined ? (file.executable ? 'x' : '-') : 'l'} ${sha256} ${file.path}`)
  return `sha256:${hash.digest('hex')}`
}

/** JSON with sorted keys: the order of keys in a YAML file means nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
