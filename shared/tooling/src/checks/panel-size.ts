import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { ROOT } from '../setup/paths.mjs'

/**
 * Bytes of a panel's JavaScript, minified and gzipped, its own React included and its stylesheet apart: what a page
 * loads for it before anything that it loads lazily.
 */
export async function panelSize(folder: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'shared', 'panels', 'src', folder, 'mount.tsx')],
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    write: false,
    outdir: 'out',
    loader: { '.svg': 'text' },
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    logLevel: 'silent',
  }).then(({ outputFiles, metafile }) => {
    const eager = eagerOutputs(metafile.outputs)
    return { outputFiles: outputFiles.filter(({ path }) => eager.some((name) => path.endsWith(name))) }
  })
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0)
}

/** The entry and what it imports statically. */
function eagerOutputs(
  outputs: Record<string, { entryPoint?: string; imports: { path: string; kind: string }[] }>,
): string[] {
  const found = new Set<string>()
  const visit = (path: string): void => {
    if (found.has(path) || !path.endsWith('.js')) return
    found.add(path)
    for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === 'import-statement') visit(next)
  }
  const entry = Object.keys(outputs).find((path) => path.endsWith('mount.js'))
  if (entry) visit(entry)
  return [...found]
}
