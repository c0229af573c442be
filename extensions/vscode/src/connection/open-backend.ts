import { type ExtensionContext, workspace } from 'vscode'
import { Backend } from './backend.ts'
import { BACKEND_KEYS, backendSettings } from './settings.ts'

/** Key of the team server's token in the editor's secret storage. */
export const TOKEN = 'secxops.server.token'

/** The connection that the settings ask for; it follows their changes. */
export function openBackend(context: ExtensionContext): Backend {
  const backend = new Backend(async () => {
    const { serverUrl } = backendSettings()
    if (serverUrl) {
      const { findServer } = await import('./server.ts')
      return findServer(serverUrl, await context.secrets.get(TOKEN), releaseOf(context))
    }
    const [{ ensureDaemon }, { findProgram }] = await Promise.all([import('./daemon.ts'), import('./find-program.ts')])
    return ensureDaemon(await findProgram(context))
  })
  context.subscriptions.push(
    workspace.onDidChangeConfiguration((change) => {
      if (BACKEND_KEYS.some((key) => change.affectsConfiguration(key))) backend.retry()
    }),
    context.secrets.onDidChange(({ key }) => {
      if (key === TOKEN) backend.retry()
    }),
  )
  return backend
}

const releaseOf = (context: ExtensionContext): string => String(context.extension.packageJSON.version)
