import type { ExtensionContext } from 'vscode'
import { registerCommands } from './commands/register.ts'
import { createCore } from './core.ts'
import { registerTrees } from './trees/register.ts'
import { registerWebviews } from './webviews/register.ts'

/** Registers what the manifest promises; everything else is loaded when it is used. */
export function activate(context: ExtensionContext): void {
  const core = createCore(context)
  registerTrees(core)
  registerCommands(core)
  registerWebviews(core)
}
