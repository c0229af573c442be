import { execFileSync } from 'node:child_process'
import { ROOT } from '../setup/paths.mjs'

/** Files of the repository as git knows them: tracked, and new ones that are not ignored. Relative paths. */
export function repositoryFiles(): string[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((path) => path !== '')
}
