import type { IDocumentManager } from '@jupyterlab/docmanager'
import type { DocumentRegistry } from '@jupyterlab/docregistry'
import type { TranslationBundle } from '@jupyterlab/translation'
import { mountCanvas } from '@secxops/panels/canvas/mount.tsx'
import type { ISecxops } from '../token.ts'
import type { Mounted } from '../ui/panel-widget.ts'
import { contextDocument } from './context-document.ts'

/** Mounts the canvas over the document of a context. */
export async function mountWorkflow(
  element: HTMLElement,
  parts: {
    context: DocumentRegistry.Context
    secxops: ISecxops
    documents: IDocumentManager
    trans: TranslationBundle
  },
): Promise<Mounted> {
  const { context, secxops, documents, trans } = parts
  const { paths } = await secxops.session()
  const { modules } = await secxops.files()
  const host = await secxops.host(`workflow:${context.path}`)
  const document = await contextDocument(context, { documents, absolute: paths.absolute, trans })
  return mountCanvas(element, { host, document, modules })
}
