import { PathExt } from '@jupyterlab/coreutils'
import type { Contents } from '@jupyterlab/services'
import { isWorkflowPath, layoutPath } from '@secxops/protocol/workflow'

/**
 * The layout file goes with its workflow when that is renamed, moved, duplicated or pasted in JupyterLab. `copied`: paths that
 * the file browser was last asked to copy, because a change does not tell what a new file is a copy of.
 */
export async function followWorkflow(
  contents: Contents.IManager,
  change: Contents.IChangedArgs,
  copied: readonly string[] = [],
): Promise<void> {
  const from = change.oldValue?.path
  const to = change.newValue?.path
  if (!to || !isWorkflowPath(to)) return
  if (change.type === 'rename' && from && isWorkflowPath(from)) {
    await ifPresent(contents, layoutPath(from), (path) => contents.rename(path, layoutPath(to)))
  }
  const original = change.type === 'new' ? originalOf(to, copied) : undefined
  if (original) await ifPresent(contents, layoutPath(original), (path) => copyFile(contents, path, layoutPath(to)))
}

/**
 * What a new file is a copy of: JupyterLab names a duplicate of `a.workflow.yaml` `a-Copy1.workflow.yaml`, and a pasted file as it
 * was, or likewise where that name is taken. Undefined for any other file.
 */
export function originalOf(path: string, copied: readonly string[] = []): string | undefined {
  const match = /^(.*)-Copy\d*(\.workflow\.ya?ml)$/.exec(path)
  const duplicated = match ? `${match[1]}${match[2]}` : undefined
  const names = [path, duplicated].map((one) => one && PathExt.basename(one))
  return copied.find((one) => one !== path && names.includes(PathExt.basename(one))) ?? duplicated
}

async function ifPresent(
  contents: Contents.IManager,
  path: string,
  act: (path: string) => Promise<unknown>,
): Promise<void> {
  try {
    const folder = await contents.get(PathExt.dirname(path), { content: true })
    const files: Contents.IModel[] = folder.content
    if (files.some((file) => file.name === PathExt.basename(path))) await act(path)
  } catch (error) {
    console.warn(`SecXOps: layout ${path} could not follow its workflow`, error)
  }
}

async function copyFile(contents: Contents.IManager, from: string, to: string): Promise<void> {
  const file = await contents.get(from, { type: 'file', format: 'text', content: true })
  await contents.save(to, { type: 'file', format: 'text', content: file.content })
}
