import {
  newExperiment as draft,
  newTableExperiment,
  openFinished,
  runExperiment as run,
} from '@secxops/panels/experiment-editor/start-experiment'
import { removeExperiment as remove } from '@secxops/panels/sidebar/remove-experiment'
import { l10n, workspace } from 'vscode'
import type { Core } from '../core.ts'
import type { Row } from '../trees/rows.ts'
import { openView } from '../views.ts'
import { fileInFront, fileOf, rowOf } from './given.ts'

type Experiment = Extract<Row, { kind: 'experiment' }>

/** Makes an experiment over what was meant: the row, the file, the folder, else what the user picks. */
export async function newExperiment(core: Core, given: unknown): Promise<void> {
  const host = await core.host()
  const row = rowOf(given)
  if (row?.kind === 'version') return newTableExperiment(host, `${row.artifact.name}@${row.artifact.latest.version}`)
  const meant = row?.kind === 'module-file' ? row.file.path : fileOf(given)?.fsPath
  const path = meant ?? (await host.pickPath({ title: l10n.t('Choose code or a table for the experiment') }))
  if (path !== null) await draft(host, path)
}

/** Runs a file as it is, once it is saved. */
export async function runExperiment(core: Core, given: unknown): Promise<void> {
  const path = (fileOf(given) ?? fileInFront())?.fsPath
  if (path === undefined) return
  await workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.fsPath === path)?.save()
  await run(await core.host(), path)
}

export async function stopExperiment(core: Core, { experiment }: Experiment): Promise<void> {
  await (await core.host()).client.call('experiments.stop', { params: { id: experiment.id }, body: {} })
}

export async function resumeExperiment(core: Core, { experiment: { id } }: Experiment): Promise<void> {
  await (await core.host()).client.call('experiments.resume', { params: { id }, body: {} })
  await openView({ view: 'experiment', id })
}

export const removeExperiment = async (core: Core, { experiment }: Experiment): Promise<void> =>
  remove(await core.host(), experiment)

/** Opens a finished experiment's database, to be looked at. */
export async function openFinishedFile(core: Core): Promise<void> {
  const host = await core.host()
  const path = await host.pickPath({ title: 'nni.sqlite' })
  if (path !== null) await openFinished(host, path)
}
