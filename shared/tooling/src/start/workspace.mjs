import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../setup/paths.mjs'

/**
 * Makes the working folder. The example projects are copied into a new or empty one; a folder with files is left as it is.
 * @param {string} directory
 * @returns {boolean} true when the examples were copied
 */
export function prepareWorkspace(directory) {
  if (existsSync(directory) && readdirSync(directory).length > 0) return false
  mkdirSync(directory, { recursive: true })
  cpSync(join(ROOT, 'images', 'examples'), directory, { recursive: true, errorOnExist: true, force: false })
  return true
}
