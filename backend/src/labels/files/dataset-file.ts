import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { suggestion } from '@secxops/protocol/suggest'
import type { LibraryService } from '../../services.ts'

/** File names that a message shows. */
const SHOWN = 20

/**
 * Absolute path behind `NAME`, `NAME@3` or `NAME@3:FILE`: the file that a dataset is, the only one in it, or the one named. Rejects with
 * unknown-artifact, unknown-version, or bad-request naming the files to choose from.
 */
export async function datasetFile(library: LibraryService, ref: string): Promise<string> {
  const colon = ref.indexOf(':')
  const wanted = colon < 0 ? undefined : ref.slice(colon + 1)
  const { path } = library.resolve('dataset', colon < 0 ? ref : ref.slice(0, colon))
  if ((await stat(path)).isFile()) return path
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries
    .flatMap((entry) => (entry.isFile() ? [relative(path, join(entry.parentPath, entry.name))] : []))
    .sort()
  const found = wanted === undefined ? files : files.filter((file) => file === wanted)
  const [only] = found
  if (only !== undefined && found.length === 1) return join(path, only)
  const shown = files.slice(0, SHOWN).join(', ') + (files.length > SHOWN ? ', …' : '')
  throw new SecxopsError({
    code: 'bad-request',
    message:
      wanted === undefined
        ? `The dataset ${ref} has ${files.length} files: say which, like ${ref}:${only ?? 'FILE'}. It has: ${shown}.`
        : `The dataset has no file ${JSON.stringify(wanted)}.${suggestion(wanted, files)} It has: ${shown}.`,
    where: { field: 'file' },
  })
}
