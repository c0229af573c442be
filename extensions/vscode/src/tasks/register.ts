import { type Task, tasks } from 'vscode'
import type { Core } from '../core.ts'

/** Registers runs of workflows as tasks of type `secxops`. */
export function registerTasks(core: Core): void {
  const load = (): Promise<typeof import('./run-task.ts')> => import('./run-task.ts')
  core.context.subscriptions.push(
    tasks.registerTaskProvider('secxops', {
      provideTasks: async () => (await load()).offeredTasks(core),
      resolveTask: async (task: Task) => (await load()).resolvedTask(core, task),
    }),
  )
}
