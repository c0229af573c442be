import { commands } from 'vscode'
import { COMMANDS } from '../command-ids.ts'
import type { Core } from '../core.ts'
import { LABEL_COMMANDS } from '../labels/register.ts'
import type { Trees } from '../trees/register.ts'
import type { CommandId, Handlers } from './handlers.ts'

/** Commands that are registered with the views and documents they belong to. */
const ELSEWHERE = [
  COMMANDS.openView,
  COMMANDS.addToWorkflow,
  COMMANDS.tryModule,
  COMMANDS.packageModuleFile,
  COMMANDS.showArgv,
  ...LABEL_COMMANDS,
] as const
export type Elsewhere = (typeof ELSEWHERE)[number]

/** Each command by its id; what they do is loaded when the first one is called. */
export function registerCommands(core: Core, trees: Trees): void {
  let loaded: Promise<Handlers> | undefined
  const handlers = (): Promise<Handlers> => {
    loaded ??= import('./handlers.ts').then(({ createHandlers }) => createHandlers(core, trees))
    return loaded
  }
  const ids = Object.values(COMMANDS).filter((id): id is CommandId => !ELSEWHERE.some((one) => one === id))
  for (const id of ids) {
    core.context.subscriptions.push(
      commands.registerCommand(id, async (given: unknown) => (await handlers())[id](given)),
    )
  }
}
