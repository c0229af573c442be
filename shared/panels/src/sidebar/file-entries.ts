import { isModulePath } from '@secxops/protocol/workflow-path'

/** Notebooks and scripts: what a module file may be written for. */
export const isSource = (path: string): boolean => /\.(ipynb|py|sh|bash)$/.test(path)

/** Folders that hold nothing of the user's. */
export const isSkipped = (folder: string): boolean => /^(\.|node_modules$|__pycache__$)/.test(folder)

/**
 * Where a file lies, from the workspace, as a workflow at its top would refer to it: `./phishing` for a workflow or `module.yaml` in that
 * folder, `./tools/train` for `train.module.yaml`. `path` is relative to the workspace.
 */
export function placeOf(path: string): string {
  const base = baseOf(path)
  const place =
    isModulePath(path) && !isFolderModule(base) ? path.slice(0, -base.length) + moduleName(path) : folderOf(path)
  return place === '' ? '.' : `./${place}`
}

export const workflowName = (path: string): string => baseOf(path).replace(/\.workflow\.ya?ml$/, '')

/** `train/module.yaml` and `train.module.yaml` are both `train`. */
export function moduleName(path: string): string {
  const base = baseOf(path)
  return isFolderModule(base) ? baseOf(folderOf(path)) || 'module' : base.replace(/\.module\.ya?ml$/, '')
}

/** The name that a module file gives itself; undefined where its text has none, which the canvas then explains. */
export const writtenName = (text: string): string | undefined => /^name:[ \t]+["']?([\w.-]+)/m.exec(text)?.[1]

/**
 * What a module file is written for: `train/module.yaml` for its folder, `train.module.yaml` for `train.ipynb`. `exists`: whether there
 * is a file of that path.
 */
export function sourceOf(path: string, exists: (path: string) => boolean): string | undefined {
  if (!isModulePath(path)) return undefined
  if (isFolderModule(baseOf(path))) return folderOf(path)
  const stem = path.replace(/\.module\.ya?ml$/, '')
  return ['ipynb', 'py', 'sh', 'bash'].map((ending) => `${stem}.${ending}`).find(exists)
}

const isFolderModule = (base: string): boolean => /^module\.ya?ml$/.test(base)
const baseOf = (path: string): string => path.replace(/^.*\//, '')
const folderOf = (path: string): string => path.replace(/\/?[^/]*$/, '')
