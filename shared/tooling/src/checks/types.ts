import { dirname, join } from 'node:path'
import { CACHE } from '../setup/paths.mjs'
import { capture } from './command.ts'
import { type Outcome, since } from './outcome.ts'
import { repositoryFiles } from './repository-files.ts'

/** The compiler over every package that has a tsconfig.json. */
export async function types(): Promise<Outcome> {
  const start = performance.now()
  const packages = repositoryFiles()
    .filter((path) => path.endsWith('/tsconfig.json'))
    .map((path) => dirname(path))
  const results = await Promise.all(
    packages.map((path) => capture('tsc', ['-p', path, '--incremental', ...known(path)])),
  )
  const bad = results.filter(({ code }) => code !== 0)
  return {
    name: `types (${packages.join(', ')})`,
    passed: results.length - bad.length,
    failed: bad.length,
    skipped: [],
    seconds: since(start),
    output: bad.map(({ output }) => output).join(''),
  }
}

/** What the compiler knows of a package from the last time is read again: only what has changed since is looked at. */
const known = (path: string): string[] => [
  '--tsBuildInfoFile',
  join(CACHE, 'types', `${path.replaceAll('/', '-')}.json`),
]
