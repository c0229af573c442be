import { commands } from 'vscode'
import { COMMANDS } from '../command-ids.ts'
import type { Core } from '../core.ts'

/** Each command by its id; what it does is loaded when it is called. */
export function registerCommands(core: Core): void {
  const register = (id: string, run: (...given: unknown[]) => Promise<unknown>): void => {
    core.context.subscriptions.push(commands.registerCommand(id, run))
  }
  register(COMMANDS.retryBackend, async () => (await core.backend()).retry())
}
