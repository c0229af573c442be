import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Files of a bundle by name; the first script is `panel.js`. */
export type Bundle = Map<string, Uint8Array>

/** Bundles a file of the panels (path below `src`) as an extension would: ESM, split, minified, React included. */
export async function bundlePanel(entry: string): Promise<Bundle> {
  const result = await build({
    entryPoints: { panel: join(SOURCES, entry) },
    bundle: true,
    write: false,
    outdir: '/bundle',
    format: 'esm',
    splitting: true,
    minify: true,
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  return new Map(result.outputFiles.map((file) => [file.path.slice('/bundle/'.length), file.contents]))
}

/** Gzipped bytes of the scripts that a page loads before the panel works: `panel.js` and what it imports at once. */
export function initialSize(bundle: Bundle): number {
  const wanted = new Set<string>()
  const visit = (name: string): void => {
    const contents = bundle.get(name)
    if (!contents || wanted.has(name)) return
    wanted.add(name)
    const text = Buffer.from(contents).toString()
    for (const match of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) visit(match[1] ?? '')
  }
  visit('panel.js')
  let size = 0
  for (const name of wanted) size += gzipSync(bundle.get(name) ?? '').byteLength
  return size
}
