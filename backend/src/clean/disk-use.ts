import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { eachOf } from '../library/each-of.ts'

/** Looked at together. */
const CONCURRENCY = 16
const BLOCK = 512

/** Bytes on the disk that go when these trees go: a file that has a further name elsewhere stays. Missing paths count nothing. */
export async function freedBy(paths: readonly string[]): Promise<number> {
  let total = 0
  const shared = new Map<string, number>()
  await walk(paths, ({ id, bytes, names }) => {
    const seen = (shared.get(id) ?? 0) + 1
    if (names > 1) shared.set(id, seen)
    if (seen === names) total += bytes
  })
  return total
}

/** Bytes on the disk that a tree takes; a file with several names counts once. */
export async function usedBy(path: string): Promise<number> {
  let total = 0
  const seen = new Set<string>()
  await walk([path], ({ id, bytes, names }) => {
    if (names > 1 && seen.has(id)) return
    if (names > 1) seen.add(id)
    total += bytes
  })
  return total
}

async function walk(
  paths: readonly string[],
  found: (entry: { id: string; bytes: number; names: number }) => void,
): Promise<void> {
  const queue = [...paths]
  for (let batch = queue.splice(0); batch.length > 0; batch = queue.splice(0))
    await eachOf(batch, CONCURRENCY, async (path) => {
      // What vanishes meanwhile takes nothing.
      const info = await lstat(path).catch(() => undefined)
      if (!info) return
      const folder = info.isDirectory()
      found({ id: `${info.dev}:${info.ino}`, bytes: info.blocks * BLOCK, names: folder ? 1 : info.nlink })
      if (folder) for (const name of await readdir(path).catch(() => [])) queue.push(join(path, name))
    })
}
