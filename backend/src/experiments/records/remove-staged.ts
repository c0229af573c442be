import { existsSync, renameSync } from 'node:fs'
import { rm } from 'node:fs/promises'

/** Removes a folder, first out of the way by one rename: what a killed backend leaves in staging is emptied when it starts. */
export async function removeStaged(folder: string, staged: string): Promise<void> {
  if (!existsSync(folder)) return
  renameSync(folder, staged)
  await rm(staged, { recursive: true, force: true, maxRetries: 3 })
}
