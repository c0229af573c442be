import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generated } from '@secxops/protocol/generate'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

/** Generated files whose text on disk is not what the protocol says; paths from the root of the repository. */
export function staleSchemas(): string[] {
  return Object.entries(generated())
    .filter(([path, text]) => read(path) !== text)
    .map(([path]) => path)
}

function read(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return undefined
  }
}

function writeSchemas(): void {
  for (const [path, text] of Object.entries(generated())) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const stale = staleSchemas()
    for (const path of stale) console.error(`${path} is not current. Run: node shared/tooling/src/generate-schemas.ts`)
    process.exitCode = stale.length > 0 ? 1 : 0
  } else writeSchemas()
}
