import { createBase } from '@secxops/panels/labels/create-base'
import { type Choose, importReferences, labelFile } from '@secxops/panels/labels/file-actions'
import { env, l10n, window } from 'vscode'
import { COMMANDS } from '../command-ids.ts'
import { attempt } from '../commands/attempt.ts'
import { fileInFront, fileOf, rowOf } from '../commands/given.ts'
import type { Core } from '../core.ts'
import { isRecord } from '../is-record.ts'
import { openView } from '../views.ts'
import { LabelView } from './label-view.ts'
import type { LabelCommand } from './register.ts'
import { selectedText, terminalText } from './selected-text.ts'

/** The labeler of a window. A failure of a command is told to the user. */
export interface Labels {
  view: LabelView
  handlers: Record<LabelCommand, (given: unknown) => Promise<unknown>>
}

export function createLabels(core: Core): Labels {
  const view = new LabelView(core)
  const told =
    (work: (given: unknown) => unknown): ((given: unknown) => Promise<unknown>) =>
    (given) =>
      attempt(core, async () => work(given))
  const label = (text: string | undefined) => view.show(text === undefined ? {} : { text })
  return {
    view,
    handlers: {
      [COMMANDS.labelText]: told((given) => (typeof given === 'string' ? label(given) : view.show(selectedText()))),
      [COMMANDS.labelTerminal]: told(async () => label(await terminalText())),
      [COMMANDS.labelClipboard]: told(async () => label(await env.clipboard.readText())),
      [COMMANDS.labelFile]: told((given) => onFile(core, given, l10n.t('Label a file'), labelFile)),
      [COMMANDS.importReferences]: told((given) => onFile(core, given, l10n.t('Import references'), importReferences)),
      [COMMANDS.newBase]: told(async () => {
        const made = await createBase(await core.host())
        if (made) await openView({ view: 'base', name: made.name })
      }),
      [COMMANDS.undoLabel]: told((given) => undoLabel(core, given)),
    },
  }
}

/** Does something with the file that a command was called on, else with the one that the user picks; on the row of a base with that base. */
async function onFile(core: Core, given: unknown, title: string, work: typeof labelFile): Promise<void> {
  const host = await core.host()
  const row = rowOf(given)
  const file = fileOf(given)?.fsPath ?? (row ? undefined : fileInFront()?.fsPath)
  const path = file ?? (await host.pickPath({ title }))
  if (path !== null) await work(host, path, choose, row?.kind === 'base' ? row.base.name : undefined)
}

const choose: Choose = async (title, items) => {
  const chosen = await window.showQuickPick(items, { title })
  return chosen && items.indexOf(chosen)
}

/** Takes back the change that a mark's hover names. */
async function undoLabel(core: Core, given: unknown): Promise<void> {
  const { base, change } = isRecord(given) ? given : {}
  if (typeof base !== 'string' || typeof change !== 'string') return
  const { client } = await core.host()
  await client.call('labels.undo', { params: { base }, body: { change } })
}
