import { PathExt } from '@jupyterlab/coreutils'
import type { Contents } from '@jupyterlab/services'
import { newWorkflow } from '@secxops/protocol/new-workflow'
import { freeWorkflowName } from '@secxops/protocol/workflow-path'

/**
 * Writes a new, empty workflow under a name that is still free; answers its contents path. Without a `name` it is called
 * after its folder, so that what its runs put into the libraries tells where it comes from.
 */
export async function createWorkflow(contents: Contents.IManager, folder: string, name?: string): Promise<string> {
  const listed = await contents.get(folder, { content: true })
  const files: Contents.IModel[] = listed.content
  const taken = new Set(files.map((file) => file.name))
  const stem = name ?? (PathExt.basename(contents.localPath(folder)) || 'untitled')
  const path = PathExt.join(folder, freeWorkflowName(stem, taken))
  await contents.save(path, { type: 'file', format: 'text', content: newWorkflow() })
  return path
}
