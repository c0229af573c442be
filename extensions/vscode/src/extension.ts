import { type ExtensionContext, ExtensionMode } from 'vscode'
import { registerCommands } from './commands/register.ts'
import { createCore } from './core.ts'
import { registerLabels } from './labels/register.ts'
import { registerLog } from './log/register.ts'
import { registerTasks } from './tasks/register.ts'
import { registerTrees, type Trees } from './trees/register.ts'
import { registerWebviews } from './webviews/register.ts'
import { registerYaml } from './yaml/register.ts'

/**
 * Registers what the manifest promises; everything else is loaded when it is used. Answers the trees to the suite that runs in the
 * extension host, as the editor has no way to ask what a tree shows; to others nothing.
 */
export function activate(context: ExtensionContext): Trees | undefined {
  const core = createCore(context)
  const trees = registerTrees(core)
  registerCommands(core, trees)
  registerTasks(core)
  registerLog(core)
  registerWebviews(core)
  registerLabels(core)
  registerYaml(core)
  core.onBackend(async (backend) => {
    const { follow } = await import('./status/follow.ts')
    follow(core, backend, trees.views.workflows)
  })
  return context.extensionMode === ExtensionMode.Test ? trees : undefined
}
