import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** True when every file below `source` is below `target` too with the same content; `target` may have more. */
export async function hasSameFiles(source: string, target: string): Promise<boolean> {
  const entries = await readdir(source, { recursive: true, withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  try {
    for (const name of names) {
      const [ours, theirs] = await Promise.all([readFile(name), readFile(join(target, name.slice(source.length)))])
      if (!ours.equals(theirs)) return false
    }
    return true
  } catch {
    // Missing there, or no file that can be read.
    return false
  }
}
