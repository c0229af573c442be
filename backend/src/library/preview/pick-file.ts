import { opendir } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** Entries looked at before the choice is made, so that a folder of a million files answers at once. */
const LOOKED_AT = 2000
/** What a user most likely wants to see, best first. */
const ORDER = [/\.(csv|tsv|tab|parquet)$/i, /\.(jsonl|ndjson)$/i, /\.(json|ya?ml|txt|md|log)$/i, /./]

/** Relative path of the file of a folder that is shown first: a table, else a text, else any; undefined when it is empty. */
export async function pickFile(root: string): Promise<string | undefined> {
  const files: string[] = []
  let seen = 0
  for await (const entry of await opendir(root, { recursive: true })) {
    if (entry.isFile()) files.push(relative(root, join(entry.parentPath, entry.name)))
    if (++seen >= LOOKED_AT) break
  }
  files.sort()
  for (const wanted of ORDER) {
    const found = files.find((file) => wanted.test(file))
    if (found !== undefined) return found
  }
  return undefined
}
