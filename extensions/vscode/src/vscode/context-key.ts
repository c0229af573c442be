import { commands } from 'vscode'

/** Sets a context key of the extension, which the conditions of the manifest read. */
export const setContext = (key: string, value: unknown): void =>
  void commands.executeCommand('setContext', `secxops.${key}`, value)

/**
 * Ticks the steps of the walkthrough that wait for this key. The editor counts a key that becomes true and never one that was true
 * before it read the walkthrough, which it does late: so the key falls back at once, and can be told again.
 */
export function tellStep(key: string): void {
  setContext(key, true)
  setContext(key, false)
}
