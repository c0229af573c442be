import { PathExt } from '@jupyterlab/coreutils'
import type { Contents } from '@jupyterlab/services'
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

/** Writes the layout beside its workflow, in the order given. */
export async function writeLayout(
  contents: Contents.IManager,
  workflow: string,
  layout: WorkflowLayout,
): Promise<void> {
  await contents.save(layoutPath(workflow), {
    type: 'file',
    format: 'text',
    content: `${JSON.stringify(layout, null, 2)}\n`,
  })
}

/** Positions out of the text of a layout file; entries that are not positions are left out. */
export function parseLayout(text: string): WorkflowLayout {
  const value: unknown = JSON.parse(text)
  const nodes: WorkflowLayout['nodes'] = {}
  if (!isRecord(value) || !isRecord(value.nodes)) return { version: 1, nodes }
  for (const [id, at] of Object.entries(value.nodes)) {
    if (isRecord(at) && Number.isFinite(at.x) && Number.isFinite(at.y)) nodes[id] = { x: Number(at.x), y: Number(at.y) }
  }
  return { version: 1, nodes }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
