import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const top = join(here, '..')
/** Stands in the output until its own hash is known. */
const PLACEHOLDER = '0.0.0+unhashed-build'

/** Libraries inside ask for Node's own modules by `require`, which an ES module does not have. */
const REQUIRE =
  "import { createRequire as secxopsCreateRequire } from 'node:module'; const require = secxopsCreateRequire(import.meta.url);"

/**
 * Makes `backend/dist`: `backend.mjs` is the whole backend in one file, `secxops.mjs` starts it with its compiled code cached,
 * `labels-worker.mjs` is the thread that ranks labels, `milvus.mjs` the client of Milvus and `kubernetes.mjs` that of Kubernetes, loaded when they are used,
 * `version` lets a client know a daemon of this build without starting anything, and `assets/` holds what is no JavaScript.
 * `target`: another folder, replaced. Answers the path of `secxops.mjs`.
 */
export async function buildBackend(target = join(here, 'dist')): Promise<string> {
  // Made beside and put in place at the end, so that a command that starts meanwhile finds the old one or the new one.
  const fresh = `${target}.${process.pid}.new`
  const old = `${target}.${process.pid}.old`
  try {
    await mkdir(join(fresh, 'assets'), { recursive: true })
    const [backend, launcher, worker, milvus, kubernetes] = await Promise.all([
      bundle('cli/main.ts'),
      bundle('cli/launch.ts'),
      bundle('labels/engine/ranking-worker.ts'),
      bundle('labels/vectors/sdk.ts'),
      bundle('cluster/kube-sdk.ts'),
    ])
    const { version } = JSON.parse(await readFile(join(here, 'package.json'), 'utf8')) as { version: string }
    const hash = createHash('sha256')
      .update(backend)
      .update(worker)
      .update(milvus)
      .update(kubernetes)
      .digest('hex')
      .slice(0, 12)
    await writeFile(join(fresh, 'backend.mjs'), backend.replaceAll(PLACEHOLDER, `${version}+${hash}`))
    await writeFile(join(fresh, 'secxops.mjs'), launcher)
    await writeFile(join(fresh, 'labels-worker.mjs'), worker)
    await writeFile(join(fresh, 'milvus.mjs'), milvus)
    await writeFile(join(fresh, 'kubernetes.mjs'), kubernetes)
    await writeFile(join(fresh, 'version'), `${version}+${hash}\n`)
    await copyAssets(join(fresh, 'assets'))
    if (existsSync(target)) await rename(target, old)
    await rename(fresh, target)
  } finally {
    for (const left of [fresh, old]) await rm(left, { recursive: true, force: true })
  }
  return join(target, 'secxops.mjs')
}

/**
 * Node's own modules by `require` instead of `import`: an import reads every name that a module offers, and some of them load a whole
 * library (`node:http` brings all of undici). That is 50 ms of every start.
 */
const nodeModulesByRequire: Plugin = {
  name: 'node-modules-by-require',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'require-call' ? { path, external: true } : { path, namespace: 'node' },
    )
    onLoad({ filter: /.*/, namespace: 'node' }, ({ path }) => ({ contents: `module.exports = require('${path}')` }))
  },
}

/** Large clients are files of their own; what that of Milvus brings to read and write files in bulk (a third of it) is left out. */
const clientsApart: Plugin = {
  name: 'clients-apart',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/sdk\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './milvus.mjs', external: true } : undefined,
    )
    onResolve({ filter: /\/kube-sdk\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './kubernetes.mjs', external: true } : undefined,
    )
    onResolve({ filter: /^\.\/bulkwriter$/ }, ({ path }) => ({ path, namespace: 'left-out' }))
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: '' }))
  },
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'src', entry)],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    banner: { js: REQUIRE },
    plugins: [nodeModulesByRequire, clientsApart],
    define: { SECXOPS_BUILD: JSON.stringify(PLACEHOLDER) },
    logLevel: 'warning',
  })
  return outputFiles[0]?.text ?? ''
}

async function copyAssets(assets: string): Promise<void> {
  const filter = (source: string): boolean => !/(^|\/)(__pycache__|\.ipynb_checkpoints|node_modules)(\/|$)/.test(source)
  const from: [string, string][] = [
    [join(here, 'assets'), assets],
    [join(top, 'shared', 'sdk-python', 'src', 'secxops'), join(assets, 'sdk', 'secxops')],
    [join(top, 'shared', 'tooling', 'requirements', 'uv.txt'), join(assets, 'uv.txt')],
    [join(top, 'images', 'modules'), join(assets, 'modules')],
    [join(top, 'images', 'examples'), join(assets, 'examples')],
  ]
  for (const [source, target] of from) await cp(source, target, { recursive: true, filter })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${await buildBackend()}\n`)
