import { type ExtensionContext, type LogOutputChannel, l10n, workspace } from 'vscode'
import { Backend } from './backend.ts'
import { restrictedClient } from './restricted-client.ts'
import { BACKEND_KEYS, backendSettings } from './settings.ts'
import { sameRelease } from './target.ts'

/** Key of the team server's token in the editor's secret storage. */
export const TOKEN = 'secxops.server.token'

/** The connection that the settings ask for; it follows their changes. */
export function openBackend(context: ExtensionContext, log: LogOutputChannel): Backend {
  const release = String(context.extension.packageJSON.version)
  const backend = new Backend({
    async locate() {
      const { serverUrl } = backendSettings()
      if (serverUrl) {
        const { findServer } = await import('./server.ts')
        return findServer(serverUrl, await context.secrets.get(TOKEN), release)
      }
      const [{ ensureDaemon }, { findProgram }] = await Promise.all([
        import('./daemon.ts'),
        import('./find-program.ts'),
      ])
      return ensureDaemon(await findProgram(context))
    },
    guard: (client) =>
      restrictedClient(client, () =>
        workspace.isTrusted
          ? undefined
          : l10n.t('This folder is in Restricted Mode: running is off because it executes code of the folder.'),
      ),
  })
  context.subscriptions.push(
    { dispose: backend.onState((state) => log.info('backend', JSON.stringify(state))) },
    {
      dispose: backend.client.subscribe({
        connection(connection) {
          // Another client may have put a backend of its own release in place of ours.
          if (connection.state === 'open' && !sameRelease(connection.version, release))
            backend.refuse(connection.version, release)
        },
      }),
    },
    workspace.onDidChangeConfiguration((change) => {
      if (BACKEND_KEYS.some((key) => change.affectsConfiguration(key))) backend.retry()
    }),
    context.secrets.onDidChange(({ key }) => {
      if (key === TOKEN) backend.retry()
    }),
  )
  return backend
}
