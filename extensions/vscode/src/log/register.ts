import { EventEmitter, type Uri, workspace } from 'vscode'
import type { Core } from '../core.ts'
import type { LogDocuments } from './log-documents.ts'
import { LOG_SCHEME } from './log-uri.ts'

/** Registers the documents that show logs. */
export function registerLog(core: Core): void {
  const changes = new EventEmitter<Uri>()
  let documents: Promise<LogDocuments> | undefined
  core.context.subscriptions.push(
    changes,
    workspace.registerTextDocumentContentProvider(LOG_SCHEME, {
      onDidChange: changes.event,
      async provideTextDocumentContent(uri) {
        documents ??= import('./log-documents.ts').then(
          async ({ LogDocuments }) => new LogDocuments((await core.backend()).client, (one) => changes.fire(one)),
        )
        return (await documents).text(uri)
      },
    }),
    workspace.onDidCloseTextDocument(async ({ uri }) => {
      if (uri.scheme === LOG_SCHEME) (await documents)?.close(uri)
    }),
    { dispose: async () => (await documents)?.dispose() },
  )
}
