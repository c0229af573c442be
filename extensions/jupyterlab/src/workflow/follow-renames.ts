import { PathExt } from '@jupyterlab/coreutils'
import type { Contents } from '@jupyterlab/services'
import { isWorkflowPath, layoutPath } from '@secxops/protocol/workflow'

/** The layout file goes with its workflow when that is renamed, moved or duplicated in JupyterLab. */
export async function followWorkflow(contents: Contents.IManager, change: Contents.IChangedArgs): Promise<void> {
  const from = change.oldValue?.path
  const to = change.newValue?.path
  if (!to || !isWorkflowPath(to)) return
  if (change.type === 'rename' && from && isWorkflowPath(from)) {
    await ifPresent(contents, layoutPath(from), (path) => contents.rename(path, layoutPath(to)))
  }
  const original = change.type === 'new' ? originalOf(to) : undefined
  if (original) await ifPresent(contents, layoutPath(original), (path) => copyFile(contents, path, layoutPath(to)))
}

/** JupyterLab names a duplicate of `a.workflow.yaml` `a-Copy1.workflow.yaml`; undefined for any other name. */
export function originalOf(path: string): string | undefined {
  const match = /^(.*)-Copy\d*(\.workflow\.ya?ml)$/.exec(path)
  return match ? `${match[1]}${match[2]}` : undefined
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
