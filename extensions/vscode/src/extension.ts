import type { ExtensionContext } from 'vscode'
import { registerCommands } from './commands/register.ts'
import { createCore } from './core.ts'
import { registerLog } from './log/register.ts'
import { registerTasks } from './tasks/register.ts'
import { registerTrees } from './trees/register.ts'
import { registerWebviews } from './webviews/register.ts'
import { registerYaml } from './yaml/register.ts'

/** Registers what the manifest promises; everything else is loaded when it is used. */
export function activate(context: ExtensionContext): void {
  const core = createCore(context)
  const trees = registerTrees(core)
  registerCommands(core, trees)
  registerTasks(core)
  registerLog(core)
  registerWebviews(core)
  registerYaml(core)
  core.onBackend(async (backend) => {
    const { follow } = await import('./status/follow.ts')
    follow(core, backend, trees.views.workflows)
  })
}
