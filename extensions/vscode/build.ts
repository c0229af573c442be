import { cpSync, existsSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildHost, hostSizes } from './build-host.ts'
import { buildPages } from './build-pages.ts'
import { buildVsix, vsixSize } from './vsix.ts'

const here = dirname(fileURLToPath(import.meta.url))
const repository = join(here, '..', '..')
const dist = join(here, 'dist')

/** Copies the generated schemas of our files, for completion here and in the YAML extension. */
export function copySchemas(): void {
  cpSync(join(repository, 'docs', 'schemas'), join(dist, 'schemas'), { recursive: true })
}

/** Copies the backend's bundle (`backend/dist`, made by `backend/build.ts`) to where the extension finds it. */
export function copyBackend(): void {
  const source = join(repository, 'backend', 'dist')
  if (!existsSync(join(source, 'secxops.mjs'))) throw new Error(`no backend in ${source}; run: node backend/build.ts`)
  cpSync(source, join(dist, 'backend'), { recursive: true, filter: (path) => !path.includes('__pycache__') })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(dist, { recursive: true, force: true })
  await Promise.all([buildHost(), buildPages()])
  copyBackend()
  copySchemas()
  const { entry, total } = hostSizes()
  console.log(
    `VS Code extension: ${(entry / 1024).toFixed(1)} KB at activation, ${(total / 1024).toFixed(0)} KB in all`,
  )
  if (process.argv.includes('--vsix')) {
    await buildVsix()
    console.log(`VSIX: ${(vsixSize() / 1024).toFixed(0)} KB`)
  }
}
