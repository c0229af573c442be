import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const repository = join(here, '..', '..')
const extension = join(here, 'secxops_jupyterlab', 'labextension')

/** Compiles the front end into `secxops_jupyterlab/labextension` (TypeScript, panels and styles included). */
export function buildLabExtension(options: { development?: boolean } = {}): void {
  const modules = join(repository, 'node_modules', '@jupyter')
  execFileSync(
    process.execPath,
    [
      join(modules, 'builder', 'lib', 'build-labextension.js'),
      '--core-package-file',
      join(repository, 'node_modules', '@jupyterlab', 'core-meta', 'core.package.json'),
      ...(options.development ? ['--development'] : []),
      here,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
}

/** Copies the backend's bundle (`backend/dist`, made by `backend/build.ts`) to where the wheel takes it from. */
export function copyBackend(): void {
  const source = join(repository, 'backend', 'dist')
  if (!existsSync(join(source, 'secxops.mjs'))) throw new Error(`no backend in ${source}; run: node backend/build.ts`)
  const target = join(here, 'secxops_jupyterlab', 'bundle')
  rmSync(target, { recursive: true, force: true })
  cpSync(source, target, { recursive: true, filter: (path) => !path.includes('__pycache__') })
}

/**
 * Makes `dist/secxops-VERSION-py3-none-any.whl` of what was built and answers its path. `python`: an interpreter that has
 * hatchling; nothing is fetched.
 */
export function buildWheel(python: string): string {
  const dist = join(here, 'dist')
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist, { recursive: true })
  execFileSync(python, ['-m', 'hatchling', 'build', '-t', 'wheel', '-d', dist], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const wheel = readdirSync(dist).find((name) => name.endsWith('.whl'))
  if (!wheel) throw new Error(`hatchling left no wheel in ${dist}`)
  return join(dist, wheel)
}

/** Bytes of the parts with a budget: what a page loads at its start, and the whole extension. */
export function sizes(): { start: number; total: number; largestChunk: number } {
  const folder = join(extension, 'static')
  const files = readdirSync(folder).map((name) => ({ name, size: statSync(join(folder, name)).size }))
  const sum = (list: { size: number }[]): number => list.reduce((total, file) => total + file.size, 0)
  const scripts = files.filter((file) => file.name.endsWith('.js'))
  return {
    start: sum(scripts.filter(({ name }) => name.startsWith('remoteEntry.') || isIndex(join(folder, name)))),
    total: sum(files),
    largestChunk: Math.max(0, ...scripts.map((file) => file.size)),
  }
}

/** Chunks have numbers for names; the one of the index declares the plug-ins. */
const isIndex = (path: string): boolean => readFileSync(path, 'utf8').includes('@secxops/jupyterlab:sidebar')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  buildLabExtension({ development: process.argv.includes('--development') })
  const { start, total } = sizes()
  console.log(`JupyterLab extension: ${Math.round(start / 1024)} KB at start, ${Math.round(total / 1024)} KB in all`)
  const wheel = process.argv.indexOf('--wheel')
  if (wheel > 0) {
    copyBackend()
    console.log(buildWheel(process.argv[wheel + 1] ?? 'python3'))
  }
}
