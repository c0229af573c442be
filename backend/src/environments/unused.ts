import { readdirSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { builtEnvironment } from './build.ts'

/** Notes that an environment is used now, as the time of its pointer file. */
export function markUsed(root: string, key: string): void {
  const now = new Date()
  utimesSync(join(root, `${key}.json`), now, now)
}

/**
 * Pointers and folders of environments that were last used before a time, pointers first, and of builds that were killed.
 * Only while nothing is being built.
 */
export function unusedEnvironments(root: string, before: Date): string[] {
  const names = readdirSync(root).filter((name) => /^[0-9a-f]{24}[.-]/.test(name))
  const pointers = names.filter((name) => name.endsWith('.json'))
  const old = pointers.filter((name) => statSync(join(root, name)).mtime < before)
  const used = new Set(
    pointers
      .filter((name) => !old.includes(name))
      .map((name) => builtEnvironment(root, name.slice(0, -'.json'.length))),
  )
  const folders = names.filter((name) => !name.endsWith('.json')).map((name) => join(root, name))
  return [...old.map((name) => join(root, name)), ...folders.filter((path) => !used.has(path))]
}
