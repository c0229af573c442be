import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const PAGES = [
  'run',
  'artifact',
  'module',
  'package',
  'base',
  'review',
  'experiment',
  'search-space',
  'experiment-editor',
  'label',
  'canvas',
]

/** Makes `dist/pages` or `target`: for each page a script and a style sheet, and the chunks that they share. */
export async function buildPages(target = join(here, 'dist', 'pages')): Promise<void> {
  await build({
    entryPoints: PAGES.map((page) => join(here, 'src', 'pages', `${page}.ts`)),
    outdir: target,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    minify: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  })
}
