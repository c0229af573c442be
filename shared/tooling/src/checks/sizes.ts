import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sizes as extensionSizes } from '../../../../extensions/jupyterlab/build.ts'
import { hostSizes } from '../../../../extensions/vscode/build-host.ts'
import { ROOT, VSIX } from '../setup/paths.mjs'
import { type Outcome, since } from './outcome.ts'
import { panelSize } from './panel-size.ts'

const KB = 1024

/** One size with its budget, in bytes. */
export interface Size {
  name: string
  bytes: number
  budget: number
}

/** Folders of panels that exist, each with a bundle of its own. */
const PANELS = ['canvas', 'sidebar', 'package', 'run', 'artifact', 'experiment', 'search-space', 'experiment-editor']

/** Every size that has a budget; the extension's only when it is built. */
export async function measureSizes(): Promise<Size[]> {
  const folders = PANELS.filter((folder) => existsSync(join(ROOT, 'shared', 'panels', 'src', folder, 'mount.tsx')))
  const panels = await Promise.all(
    folders.map(async (folder) => ({
      name: `${folder} panel, gzip`,
      bytes: await panelSize(folder),
      budget: 150 * KB,
    })),
  )
  return [...panels, ...jupyterLabSizes(), ...vsCodeSizes()]
}

function jupyterLabSizes(): Size[] {
  if (!existsSync(join(ROOT, 'extensions', 'jupyterlab', 'secxops_jupyterlab', 'labextension'))) return []
  const { start, total } = extensionSizes()
  return [
    { name: 'JupyterLab: remote entry and index', bytes: start, budget: 60 * KB },
    { name: 'JupyterLab: whole extension', bytes: total, budget: 3 * KB * KB },
  ]
}

function vsCodeSizes(): Size[] {
  if (!existsSync(VSIX)) return []
  const { entry, total } = hostSizes()
  return [
    { name: 'VS Code: what activation loads', bytes: entry, budget: 60 * KB },
    { name: 'VS Code: extension host in all', bytes: total, budget: 350 * KB },
    { name: 'VS Code: VSIX with the backend', bytes: statSync(VSIX).size, budget: 5 * KB * KB },
  ]
}

/** Sizes against their budgets. */
export async function sizes(): Promise<Outcome> {
  const start = performance.now()
  const all = await measureSizes()
  const over = all.filter(({ bytes, budget }) => bytes > budget)
  return {
    name: 'sizes',
    passed: all.length - over.length,
    failed: over.length,
    skipped: ['JupyterLab', 'VS Code']
      .filter((editor) => !all.some(({ name }) => name.startsWith(editor)))
      .map((editor) => ({
        name: `size of the ${editor} extension`,
        reason: 'it is not built; `npm start` or `npm test` builds it',
      })),
    seconds: since(start),
    output: over.map(({ name, bytes, budget }) => `${name}: ${kb(bytes)}, budget ${kb(budget)}`).join('\n'),
  }
}

/** Bytes in words. */
export const kb = (bytes: number): string => `${(bytes / KB).toFixed(1)} KB`
