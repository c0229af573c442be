import { cpSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { buildPages } from './build-pages.ts'
import { buildVsix, vsixSize } from './vsix.ts'

const here = dirname(fileURLToPath(import.meta.url))
const repository = join(here, '..', '..')
const dist = join(here, 'dist')

/**
 * Makes `dist/extension.cjs`, which activation loads, and a chunk for whatever is imported later. esbuild splits ES modules only, and the
 * editor loads CommonJS at once and ES modules through a worker: so the split modules are then turned into CommonJS, file by file.
 */
export async function buildHost(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'src', 'extension.ts')],
    outdir: dist,
    bundle: true,
    splitting: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  })
  mkdirSync(dist, { recursive: true })
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      minify: true,
      supported: { 'dynamic-import': false },
    })
    writeFileSync(join(dist, basename(path)), code)
  }
}

/** Copies the backend's bundle (`backend/dist`, made by `backend/build.ts`) to where the extension finds it. */
export function copyBackend(): void {
  const source = join(repository, 'backend', 'dist')
  if (!existsSync(join(source, 'secxops.mjs'))) throw new Error(`no backend in ${source}; run: node backend/build.ts`)
  cpSync(source, join(dist, 'backend'), { recursive: true, filter: (path) => !path.includes('__pycache__') })
}

/** Bytes of what activation loads. */
export const entrySize = (): number => statSync(join(dist, 'extension.cjs')).size

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(dist, { recursive: true, force: true })
  await Promise.all([buildHost(), buildPages()])
  copyBackend()
  console.log(`VS Code extension: ${(entrySize() / 1024).toFixed(1)} KB at activation`)
  if (process.argv.includes('--vsix')) {
    await buildVsix()
    console.log(`VSIX: ${(vsixSize() / 1024).toFixed(0)} KB`)
  }
}
