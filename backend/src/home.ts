import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Everything SecXOps keeps lies below one folder, never inside the user's project. */
export interface Home {
  /** Absolute path of the home itself, mode 0700. */
  root: string
  /** SQLite database. */
  database: string
  /** Database whose exclusive transaction marks the one owner of this home. */
  lock: string
  /** Immutable contents, one folder a manifest digest: `contents/<hex>/{manifest.json,data/…}`. */
  contents: string
  /** Immutable module snapshots: `modules/<name>/<version>/`. */
  modules: string
  /** One folder an attempt: `attempts/<run>/<node>/<n>/{work,log,claim,exit,metrics.jsonl,…}`. */
  attempts: string
  /** Python environments by hash. */
  environments: string
  /** Half-made things; emptied when the daemon starts. */
  staging: string
  /** Log of the daemon. */
  logs: string
}

/** `SECXOPS_HOME`, else `$XDG_DATA_HOME/secxops`, else `~/.local/share/secxops`; absolute. */
export function homeRoot(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env.SECXOPS_HOME || join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'secxops'))
}

/** The home at {@link homeRoot}. Makes the folders. */
export function openHome(env: NodeJS.ProcessEnv = process.env): Home {
  const root = homeRoot(env)
  mkdirSync(root, { recursive: true, mode: 0o700 })
  const folder = (name: string): string => {
    const path = join(root, name)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    return path
  }
  return {
    root,
    database: join(root, 'secxops.db'),
    lock: join(root, 'lock.db'),
    contents: folder('contents'),
    modules: folder('modules'),
    attempts: folder('attempts'),
    environments: folder('environments'),
    staging: folder('staging'),
    logs: folder('logs'),
  }
}
