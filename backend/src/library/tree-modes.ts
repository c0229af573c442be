import { chmod, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Takes the right to write from every folder of a tree: nothing can be added to an immutable content by mistake. */
export const readOnlyFolders = (root: string): Promise<void> => setFolders(root, 0o555)

/** Removes a tree, also one with read-only folders; no error when it is not there. */
export async function removeTree(root: string): Promise<void> {
  try {
    await rm(root, { recursive: true, force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error
    await setFolders(root, 0o755)
    await rm(root, { recursive: true, force: true })
  }
}

async function setFolders(root: string, mode: number): Promise<void> {
  // Writable first on the way down, else the entries of a closed folder could not be changed; the mode itself on the way up.
  await chmod(root, 0o755)
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (entry.isDirectory()) await setFolders(join(root, entry.name), mode)
  }
  await chmod(root, mode)
}
