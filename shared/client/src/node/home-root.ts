import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Folder of all that SecXOps keeps: `SECXOPS_HOME`, else `$XDG_DATA_HOME/secxops`, else `~/.local/share/secxops`; absolute. */
export function homeRoot(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env.SECXOPS_HOME || join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'secxops'))
}
