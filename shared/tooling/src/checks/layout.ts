import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../setup/paths.mjs'
import { type Outcome, verdict } from './outcome.ts'
import { repositoryFiles } from './repository-files.ts'

const MOST_LINES = 400
const FOLDERS = ['extensions', 'shared', 'backend', 'images', 'docs', 'test']
const TOP_FILES =
  /^(package(-lock)?\.json|tsconfig.*\.json|README\.md|LICENSE|CHANGELOG\.md|CONTRIBUTING\.md|\..*|.*\.config\.ts|biome\.json)$/
const SOURCES = /\.(ts|tsx|mjs|cjs|py|css|sh)$/

/** The top level holds the six folders and configuration, nothing else; no source file is over 400 lines. */
export async function layout(): Promise<Outcome> {
  const start = performance.now()
  const files = repositoryFiles()
  const top = new Set(files.map((path) => path.split('/')[0] ?? ''))
  const problems = [...top]
    .filter((name) => !FOLDERS.includes(name) && !TOP_FILES.test(name))
    .map((name) => `${name} does not belong to the top level (docs/architecture.md)`)
  for (const path of files.filter((file) => SOURCES.test(file))) {
    const lines = linesOf(path)
    if (lines > MOST_LINES)
      problems.push(`${path} has ${lines} lines; ${MOST_LINES} are the cap: split it by what it holds`)
  }
  return verdict('top level, file sizes', start, problems.join('\n'))
}

function linesOf(path: string): number {
  try {
    return readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1
  } catch {
    // Deleted, and not yet committed so.
    return 0
  }
}
