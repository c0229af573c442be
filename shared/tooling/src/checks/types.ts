import { dirname } from 'node:path'
import { capture } from './command.ts'
import { type Outcome, since } from './outcome.ts'
import { repositoryFiles } from './repository-files.ts'

/** The compiler over every package that has a tsconfig.json. */
export async function types(): Promise<Outcome> {
  const start = performance.now()
  const packages = repositoryFiles()
    .filter((path) => path.endsWith('/tsconfig.json'))
    .map((path) => dirname(path))
  const results = await Promise.all(packages.map((path) => capture('tsc', ['-p', path])))
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
