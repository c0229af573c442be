import { mountCanvas } from '@secxops/panels/canvas/mount.tsx'
import type { WorkflowDocumentState } from '@secxops/panels/host'
import type { Shown } from '../webviews/contract.ts'
import { MirrorDocument } from './mirror-document.ts'
import { ModuleList } from './module-list.ts'
import { startPage } from './start-page.ts'

void startPage(
  (shown: Shown): shown is { document: WorkflowDocumentState } => 'document' in shown,
  (element, { host, peer, shown }) => {
    const document = new MirrorDocument(peer, shown.document)
    const modules = new ModuleList(peer)
    const { dispose, focus } = mountCanvas(element, { host, document, modules })
    return { dispose, focus, document: (change) => document.changed(change), modules: () => modules.changed() }
  },
)
