import { commands, window } from 'vscode'
import { COMMANDS } from '../command-ids.ts'
import type { Core } from '../core.ts'
import type { Labels } from './labels.ts'

/** View of the panel area in which texts are labelled. */
export const LABEL_VIEW = 'secxops.label'

/** Commands of the labeler. */
export const LABEL_COMMANDS = [
  COMMANDS.labelText,
  COMMANDS.labelTerminal,
  COMMANDS.labelClipboard,
  COMMANDS.labelFile,
  COMMANDS.importReferences,
  COMMANDS.newBase,
  COMMANDS.undoLabel,
] as const
export type LabelCommand = (typeof LABEL_COMMANDS)[number]

/** Registers the labeler. What it does is loaded when it is first used; marks come with the first connection to the backend. */
export function registerLabels(core: Core): void {
  let opened: Promise<Labels> | undefined
  const labels = (): Promise<Labels> => {
    opened ??= import('./labels.ts').then(({ createLabels }) => createLabels(core))
    return opened
  }
  core.context.subscriptions.push(
    window.registerWebviewViewProvider(
      LABEL_VIEW,
      { resolveWebviewView: async (view) => (await labels()).view.resolve(view) },
      // What was decided can be taken back there, one by one.
      { webviewOptions: { retainContextWhenHidden: true } },
    ),
    ...LABEL_COMMANDS.map((id) =>
      commands.registerCommand(id, async (given: unknown) => (await labels()).handlers[id](given)),
    ),
  )
  core.onBackend(async ({ client }) => {
    const { markLabels } = await import('./text-marks.ts')
    core.context.subscriptions.push(markLabels(client))
  })
}
