import { type ExtensionContext, type LogOutputChannel, l10n, workspace } from 'vscode'
import { restrictedWords } from '../vscode/trust.ts'
import { Backend } from './backend.ts'
import { ensureDaemon } from './daemon.ts'
import { findProgram } from './find-program.ts'
import { restrictedClient } from './restricted-client.ts'
import { findServer } from './server.ts'
import { BACKEND_KEYS, backendSettings } from './settings.ts'
import { sameRelease } from './target.ts'
import { offerCommand } from './terminal-command.ts'

/** Key of the team server's token in the editor's secret storage. */
export const TOKEN = 'secxops.server.token'

/** The connection that the settings ask for; it follows their changes. */
export function openBackend(context: ExtensionContext, log: LogOutputChannel): Backend {
  const release = String(context.extension.packageJSON.version)
  context.environmentVariableCollection.description = l10n.t('The command secxops')
  const backend = new Backend({
    async locate() {
      const { serverUrl } = backendSettings()
      const program = serverUrl ? undefined : await findProgram(context)
      offerCommand(context.environmentVariableCollection, context.asAbsolutePath('bin'), program)
      return program ? ensureDaemon(program) : findServer(serverUrl, await context.secrets.get(TOKEN), release)
    },
    guard: (client) => restrictedClient(client, restrictedWords),
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
