import type { IDocumentManager } from '@jupyterlab/docmanager'
import type { DocumentRegistry } from '@jupyterlab/docregistry'
import type { Contents } from '@jupyterlab/services'
import type { TranslationBundle } from '@jupyterlab/translation'
import { mountCanvas } from '@secxops/panels/canvas/mount.tsx'
import { openFile } from '../host/open-file.ts'
import type { ISecxops } from '../token.ts'
import type { Mounted } from '../ui/panel-widget.ts'
import { workflowDocument } from './document.ts'

/** Mounts the canvas over the document of a context. */
export async function mountWorkflow(
  element: HTMLElement,
  parts: {
    context: DocumentRegistry.Context
    secxops: ISecxops
    documents: IDocumentManager
    contents: Contents.IManager
    trans: TranslationBundle
  },
): Promise<Mounted> {
  const { context, secxops, documents, contents, trans } = parts
  const { paths } = await secxops.session()
  const { modules } = await secxops.files()
  const host = await secxops.host(`workflow:${context.path}`)
  const document = await workflowDocument({
    context,
    contents,
    absolute: paths.absolute,
    openText: (path, line) => void openFile(documents, path, { line: line ?? 1 }, 'Editor'),
    unnamedStep: trans.__('Edit text'),
  })
  return mountCanvas(element, { host, document, modules })
}
