import type { WorkflowEdit } from '@secxops/protocol/workflow'
import { Uri, workspace } from 'vscode'
import { documentBuffer } from './document-buffer.ts'
import { WorkflowModel } from './workflow-model.ts'

/** Does edits to a workflow file, whether a canvas shows it or not, and saves it unless it had unsaved changes before. Rejects with `SecxopsError`. */
export async function editWorkflowFile(path: string, edits: WorkflowEdit[]): Promise<void> {
  const document = await workspace.openTextDocument(Uri.file(path))
  const clean = !document.isDirty
  const buffer = documentBuffer(document, { conflict: () => false, activate: () => undefined })
  const model = new WorkflowModel(buffer, { unnamedStep: '', layoutChanged: () => undefined })
  await model.edit(edits, '')
  if (clean) await model.save()
}
