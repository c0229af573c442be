import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = '.secxops-stamp'
const SKIPPED = new Set(['node_modules', 'dist', 'lib', 'labextension', 'bundle', 'testdata', '__pycache__'])

/**
 * Hash over the contents of files and folders (tests and what builds leave are skipped) and some words.
 * @param {string[]} paths
 * @param {...string} words
 */
export function hashOf(paths, ...words) {
  const hash = createHash('sha256').update(words.join('\n'))
  for (const path of paths) for (const file of filesOf(path)) hash.update(`\0${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(path) {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => !SKIPPED.has(entry.name) && !entry.name.startsWith('.') && !/\.test\.tsx?$/.test(entry.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) =>
        entry.isDirectory() ? filesOf(join(path, entry.name)) : entry.isFile() ? [join(path, entry.name)] : [],
      )
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return [path]
    throw error
  }
}

/**
 * True when `folder` was finished from what `identity` stands for.
 * @param {string} folder
 * @param {string} identity
 * @param {string} [name]
 */
export function isStamped(folder, identity, name = FILE) {
  try {
    return readFileSync(join(folder, name), 'utf8') === identity
  } catch {
    return false
  }
}

/**
 * Marks `folder` as finished.
 * @param {string} folder
 * @param {string} identity
 * @param {string} [name]
 */
export function stamp(folder, identity, name = FILE) {
  writeFileSync(join(folder, name), identity)
}
