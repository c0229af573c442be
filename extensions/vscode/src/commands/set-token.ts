import { l10n, window } from 'vscode'
import { TOKEN } from '../connection/open-backend.ts'
import { backendSettings } from '../connection/settings.ts'
import type { Core } from '../core.ts'

/** Asks for the token of the team's server and keeps it in the editor's secret storage; an empty one is forgotten. */
export async function setToken(core: Core): Promise<void> {
  const { serverUrl } = backendSettings()
  const token = await window.showInputBox({
    title: l10n.t('Token of the team server'),
    prompt: serverUrl || l10n.t('The address is in the setting secxops.server.url.'),
    password: true,
    ignoreFocusOut: true,
  })
  if (token === undefined) return
  if (token.trim() === '') await core.context.secrets.delete(TOKEN)
  else await core.context.secrets.store(TOKEN, token.trim())
}
