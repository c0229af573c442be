import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isSkipped } from '@secxops/panels/sidebar/file-entries'

/** Folders below the top that are looked into, and how many of them at most: a few milliseconds. */
const DEPTH = 2
const FOLDERS = 200

/** Paths of the files that lie near the top of a folder, whatever they are; of folders that cannot be read there are none. */
export async function nearFiles(top: string): Promise<string[]> {
  const files: string[] = []
  let level = [top]
  let left = FOLDERS
  for (let depth = 0; depth <= DEPTH && level.length > 0; depth += 1) {
    const folders = level.slice(0, left)
    left -= folders.length
    const listed = await Promise.all(folders.map((folder) => entriesOf(folder)))
    level = []
    for (const { path, name, isFolder } of listed.flat())
      if (!isFolder) files.push(path)
      else if (!isSkipped(name)) level.push(path)
  }
  return files
}

async function entriesOf(folder: string): Promise<{ path: string; name: string; isFolder: boolean }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.map((entry) => ({
    path: join(folder, entry.name),
    name: entry.name,
    isFolder: entry.isDirectory(),
  }))
}
