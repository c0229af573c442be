import type { Dirent } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'

/** A file that belongs to a content: where it is read, and its path inside the content (with `/`). */
export interface SourceFile {
  from: string
  path: string
  size: number
}

export interface SourceTree {
  /** Absolute path without links. */
  root: string
  /** One file rather than a folder; its only entry then has the file's own name. */
  single: boolean
  /** Sorted by path. */
  files: SourceFile[]
  /** Nothing in it is also reachable from elsewhere (no link, no second name): who gives it up gives up all of it. */
  owned: boolean
}

/**
 * Everything below a file or folder. Links to files inside are followed; a link that leaves the source, a link to a folder,
 * a pipe or a socket is refused, because a copy of it would not be what the user sees. Empty folders are not kept.
 */
export async function readSourceTree(source: string, signal?: AbortSignal): Promise<SourceTree> {
  const root = await realpath(source).catch((error: NodeJS.ErrnoException) => {
    throw new SecxopsError({
      code: 'no-such-file',
      message: `There is no ${source}.`,
      where: { path: source },
      cause: error.code,
    })
  })
  const top = await stat(root)
  const direct = (await lstat(source)).isSymbolicLink() === false
  if (top.isFile()) {
    const files = [{ from: root, path: basename(source), size: top.size }]
    return { root, single: true, files, owned: direct && top.nlink === 1 }
  }
  if (!top.isDirectory()) throw refused(source, 'it is neither a file nor a folder')

  const tree: SourceTree = { root, single: false, files: [], owned: direct }
  const folders = [root]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    signal?.throwIfAborted()
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) folders.push(path)
      else tree.files.push(await readEntry(tree, path, entry))
    }
  }
  if (tree.files.length === 0) {
    throw new SecxopsError({ code: 'bad-request', message: `${source} is an empty folder.`, where: { path: source } })
  }
  tree.files.sort((a, b) => (a.path < b.path ? -1 : 1))
  return tree
}

async function readEntry(tree: SourceTree, path: string, entry: Dirent): Promise<SourceFile> {
  let from = path
  if (entry.isSymbolicLink()) {
    tree.owned = false
    from = await realpath(path).catch(() => {
      throw refused(path, 'it is a link to nothing')
    })
    if (!from.startsWith(tree.root + sep)) throw refused(path, `it is a link to ${from}, outside the folder`)
  }
  const info = await stat(from)
  if (info.isDirectory()) throw refused(path, 'it is a link to a folder')
  if (!info.isFile()) throw refused(path, 'it is neither a file nor a folder')
  if (info.nlink > 1) tree.owned = false
  return { from, path: relative(tree.root, path).split(sep).join('/'), size: info.size }
}

const refused = (path: string, why: string): SecxopsError =>
  new SecxopsError({
    code: 'path-outside',
    message: `${path} cannot be taken into the library: ${why}. Put a copy of the content in its place, or take it out.`,
    where: { path },
  })
