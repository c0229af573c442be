import { PathExt } from '@jupyterlab/coreutils'
import type { Contents } from '@jupyterlab/services'
import { parseLayout } from '@secxops/protocol/layout-file'
import { layoutPath, type WorkflowLayout } from '@secxops/protocol/workflow'

const EMPTY: WorkflowLayout = { version: 1, nodes: {} }

/**
 * Layout file of a workflow, by contents path. A missing file is an empty layout; one that cannot be read is undefined,
 * and is then not to be written over.
 */
export async function readLayout(contents: Contents.IManager, workflow: string): Promise<WorkflowLayout | undefined> {
  const path = layoutPath(workflow)
  try {
    // The folder is listed first: asking for a missing file would be reported as an error by browser and server.
    const folder = await contents.get(PathExt.dirname(path), { content: true })
    const files: Contents.IModel[] = folder.content
    if (!files.some((file) => file.name === PathExt.basename(path))) return EMPTY
    const file = await contents.get(path, { type: 'file', format: 'text', content: true })
    return parseLayout(file.content)
  } catch (error) {
    console.warn(`SecXOps: layout of ${workflow} could not be read`, error)
    return undefined
  }
}

/** Writes the layout beside its workflow. */
export async function writeLayout(contents: Contents.IManager, workflow: string, text: string): Promise<void> {
  await contents.save(layoutPath(workflow), { type: 'file', format: 'text', content: text })
}
