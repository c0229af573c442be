import type { IDocumentManager } from '@jupyterlab/docmanager'
import type { DocumentRegistry } from '@jupyterlab/docregistry'
import type { TranslationBundle } from '@jupyterlab/translation'
import { openFile } from '../host/open-file.ts'
import { type LabWorkflowDocument, workflowDocument } from './document.ts'

/** The workflow document of a context, as everything in this page shares it. */
export const contextDocument = (
  context: DocumentRegistry.Context,
  parts: { documents: IDocumentManager; absolute(path: string): string; trans: TranslationBundle },
): Promise<LabWorkflowDocument> =>
  workflowDocument({
    context,
    contents: parts.documents.services.contents,
    absolute: parts.absolute,
    openText: (path, line) => void openFile(parts.documents, path, { line: line ?? 1 }, 'Editor'),
    unnamedStep: parts.trans.__('Edit text'),
  })
