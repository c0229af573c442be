import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { isDirectory } from '../locate.ts'

const SOURCE = /\.(ipynb|py|sh|bash)$/
/** Files that are no module of their own. */
const HELPER = /^(__init__|setup|conftest|test_.*|.*_test)\.py$/

/**
 * Path of the module file of a source, existing or to be written: `module.yaml` in a folder, or beside the only notebook or
 * script of one; `NAME.module.yaml` where a folder holds several. `local`: files the source imports, which are no neighbours.
 */
export function modulePathOf(path: string, local: string[]): string {
  if (isDirectory(path)) return join(path, 'module.yaml')
  const folder = dirname(path)
  const own = join(folder, `${basename(path, extname(path))}.module.yaml`)
  const shared = join(folder, 'module.yaml')
  if (existsSync(own)) return own
  if (existsSync(shared)) return readFileSync(shared, 'utf8').includes(basename(path)) ? shared : own
  const neighbours = readdirSync(folder).filter(
    (name) => SOURCE.test(name) && !HELPER.test(name) && name !== basename(path) && !local.includes(name),
  )
  return neighbours.length === 0 ? shared : own
}
