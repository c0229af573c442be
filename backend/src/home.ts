import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { homeRoot } from '@secxops/client/node/home-root'

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
