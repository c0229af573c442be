import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Identity of a home on every cluster: two homes in one namespace never take each other's objects for their own. Made at the first need. */
export function homeIdentity(root: string): string {
  const path = join(root, 'cluster-identity')
  if (!existsSync(path)) {
    writeFileSync(`${path}.new`, randomBytes(16).toString('hex'), { mode: 0o600, flush: true })
    renameSync(`${path}.new`, path)
  }
  return readFileSync(path, 'utf8')
}
