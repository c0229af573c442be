import type { IDocumentManager } from '@jupyterlab/docmanager'
import type { TranslationBundle } from '@jupyterlab/translation'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import type { WorkflowEdit } from '@secxops/protocol/workflow'
import { WORKFLOW_FACTORY } from '../commands.ts'
import { contextDocument } from './context-document.ts'

/**
 * Does edits to a workflow file (contents path) and saves it unless it had unsaved changes before. It is opened behind the tab in front where
 * it is not open, so that the change can be looked at and undone. Rejects with `SecxopsError`.
 */
export async function editWorkflowFile(
  path: string,
  edits: WorkflowEdit[],
  parts: { documents: IDocumentManager; absolute(path: string): string; trans: TranslationBundle },
): Promise<void> {
  const { documents, trans } = parts
  const widget =
    documents.findWidget(path, WORKFLOW_FACTORY) ??
    documents.openOrReveal(path, WORKFLOW_FACTORY, undefined, { activate: false })
  const context = widget && documents.contextForWidget(widget)
  if (!context)
    throw new SecxopsError({
      code: 'no-such-file',
      message: trans.__('%1 could not be opened.', path),
      where: { path },
    })
  const document = await contextDocument(context, parts)
  const clean = !context.model.dirty
  document.edit(edits, trans.__('Edit text'))
  if (clean) await document.save()
}
