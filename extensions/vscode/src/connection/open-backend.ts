import { type ExtensionContext, type LogOutputChannel, l10n, workspace } from 'vscode'
import { restrictedWords } from '../vscode/trust.ts'
import { Backend } from './backend.ts'
import { type BackendProgram, ensureDaemon } from './daemon.ts'
import { bundlePath, findProgram, homeVariables } from './find-program.ts'
import { restrictedClient } from './restricted-client.ts'
import { runningBackend } from './running-backend.ts'
import { findServer } from './server.ts'
import { BACKEND_KEYS, backendSettings } from './settings.ts'
import { sameRelease } from './target.ts'
import { offerCommand } from './terminal-command.ts'

/** Key of the team server's token in the editor's secret storage. */
export const TOKEN = 'secxops.server.token'

/** The connection that the settings ask for; it follows their changes. */
export function openBackend(context: ExtensionContext, log: LogOutputChannel): Backend {
  const release = String(context.extension.packageJSON.version)
  const terminals = context.environmentVariableCollection
  terminals.description = l10n.t('The command secxops')
  let turns = 0
  const backend = new Backend({
    async locate() {
      const turn = ++turns
      /** Gives terminals the command of a program, unless the settings have changed since. */
      const offer = (program?: BackendProgram): void => {
        if (turn === turns) offerCommand(terminals, context.asAbsolutePath('bin'), program)
      }
      const { serverUrl } = backendSettings()
      if (serverUrl) {
        offer()
        return findServer(serverUrl, await context.secrets.get(TOKEN), release)
      }
      const running = await runningBackend(bundlePath(context), { ...process.env, ...homeVariables() })
      const program = findProgram(context)
      program.then(offer, (error: unknown) => {
        log.warn('terminals get no command', String(error))
        offer()
      })
      return running ?? ensureDaemon(await program)
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
