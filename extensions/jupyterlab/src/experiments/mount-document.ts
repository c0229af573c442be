import type { IDocumentManager } from '@jupyterlab/docmanager'
import type { DocumentRegistry } from '@jupyterlab/docregistry'
import { openFile } from '../host/open-file.ts'
import type { ISecxops } from '../token.ts'
import type { Mounted } from '../ui/panel-widget.ts'
import { LabTextDocument } from './lab-text-document.ts'

/** Mounts the form of a search space or of an experiment over the document of a context. */
export async function mountDocument(
  element: HTMLElement,
  kind: 'space' | 'experiment',
  parts: { context: DocumentRegistry.Context; secxops: ISecxops; documents: IDocumentManager },
): Promise<Mounted> {
  const { context, secxops, documents } = parts
  const { paths } = await secxops.session()
  const host = await secxops.host(`${kind}:${context.path}`)
  const document = await LabTextDocument.open({
    context,
    contents: documents.services.contents,
    absolute: paths.absolute,
    openText: (path, line) => void openFile(documents, path, { line: line ?? 1 }, 'Editor'),
  })
  const mounted =
    kind === 'space'
      ? (await import('@secxops/panels/search-space/mount.tsx')).mountSearchSpace(element, { host, document })
      : (await import('@secxops/panels/experiment-editor/mount.tsx')).mountExperimentEditor(element, { host, document })
  return {
    dispose() {
      mounted.dispose()
      document.dispose()
    },
  }
}
