import { commands } from 'vscode'
import { COMMANDS } from '../command-ids.ts'
import type { Core } from '../core.ts'
import { diagnose } from '../diagnose/diagnose.ts'
import type { Trees, ViewName } from '../trees/register.ts'
import type { Row } from '../trees/rows.ts'
import { WORKFLOW_EDITOR } from '../views.ts'
import { attempt } from './attempt.ts'
import {
  newExperiment,
  openFinishedFile,
  removeExperiment,
  resumeExperiment,
  runExperiment,
  stopExperiment,
} from './experiments.ts'
import { addToLibrary, exportVersion, newVersion, removeVersion } from './library.ts'
import { createWorkflow } from './new-workflow.ts'
import { openExample } from './open-example.ts'
import { packageModule, packageOther } from './package-module.ts'
import type { Elsewhere } from './register.ts'
import { copyCommand, copyName, copyPath, openModuleFile, openRow, reveal } from './rows.ts'
import { cancelRun, continueRun, runWorkflow, saveOutput, showLog } from './runs.ts'
import { saveVersion } from './save-version.ts'
import { setToken } from './set-token.ts'

export type CommandId = Exclude<(typeof COMMANDS)[keyof typeof COMMANDS], Elsewhere>

/** What each command does with what it was called on: a row of a tree, a file, an id, or nothing. A failure is told to the user. */
export type Handlers = Record<CommandId, (given: unknown) => Promise<unknown>>

type Version = Extract<Row, { kind: 'version' }>

/** Shows the file in front by another editor in its place; unsaved changes stay with the document. */
const reopen = (editor: string): Thenable<unknown> => commands.executeCommand('reopenActiveEditorWith', editor)

export function createHandlers(core: Core, trees: Trees): Handlers {
  const told =
    (work: (given: unknown) => unknown): ((given: unknown) => Promise<unknown>) =>
    (given) =>
      attempt(core, async () => work(given))
  // The manifest offers these on rows of trees only.
  const onRow = (work: (row: Row) => unknown) => told((given) => work(given as Row))
  const onVersion = (work: (row: Version) => unknown) => told((given) => work(given as Version))
  type Experiment = Extract<Row, { kind: 'experiment' }>
  const filter = (view: ViewName) =>
    told(async () => {
      await commands.executeCommand(`secxops.${view}.focus`)
      await commands.executeCommand('list.find')
    })
  return {
    [COMMANDS.showSidebar]: told(() => commands.executeCommand('workbench.view.extension.secxops')),
    [COMMANDS.newWorkflow]: told((given) => createWorkflow(core, given)),
    [COMMANDS.openExample]: told(() => openExample(core)),
    [COMMANDS.packageModule]: told((given) => packageModule(core, given)),
    [COMMANDS.packageOther]: told(() => packageOther(core)),
    [COMMANDS.saveVersion]: told((given) => saveVersion(core, given)),
    [COMMANDS.addDataset]: told((given) => addToLibrary(core, 'dataset', given)),
    [COMMANDS.addModel]: told((given) => addToLibrary(core, 'model', given)),
    [COMMANDS.runWorkflow]: told((given) => runWorkflow(core, given)),
    [COMMANDS.continueRun]: told((given) => continueRun(core, given)),
    [COMMANDS.cancelRun]: told((given) => cancelRun(core, given)),
    [COMMANDS.showLog]: told((given) => showLog(core, given)),
    [COMMANDS.saveOutput]: told((given) => saveOutput(core, given)),
    [COMMANDS.setToken]: told(() => setToken(core)),
    [COMMANDS.retryBackend]: told(async () => (await core.backend()).retry()),
    [COMMANDS.diagnose]: told(() => diagnose(core)),
    [COMMANDS.open]: onRow((row) => openRow(core, row)),
    [COMMANDS.openText]: told(() => reopen('default')),
    [COMMANDS.openCanvas]: told(() => reopen(WORKFLOW_EDITOR)),
    [COMMANDS.openModuleFile]: onRow((row) => openModuleFile(core, row)),
    [COMMANDS.reveal]: onRow(reveal),
    [COMMANDS.copyName]: onRow(copyName),
    [COMMANDS.copyPath]: onRow(copyPath),
    [COMMANDS.copyCommand]: onRow(copyCommand),
    [COMMANDS.showOlderRuns]: onRow(async (row) => (await trees.sidebar()).showOlder(row)),
    [COMMANDS.exportVersion]: onVersion((row) => exportVersion(core, row)),
    [COMMANDS.newVersionFile]: onVersion((row) => newVersion(core, row, false)),
    [COMMANDS.newVersionFolder]: onVersion((row) => newVersion(core, row, true)),
    [COMMANDS.removeVersion]: onVersion((row) => removeVersion(core, row)),
    [COMMANDS.newExperiment]: told((given) => newExperiment(core, given)),
    [COMMANDS.runExperiment]: told((given) => runExperiment(core, given)),
    [COMMANDS.stopExperiment]: onRow((row) => stopExperiment(core, row as Experiment)),
    [COMMANDS.resumeExperiment]: onRow((row) => resumeExperiment(core, row as Experiment)),
    [COMMANDS.removeExperiment]: onRow((row) => removeExperiment(core, row as Experiment)),
    [COMMANDS.openFinished]: told(() => openFinishedFile(core)),
    [COMMANDS.filterWorkflows]: filter('workflows'),
    [COMMANDS.filterModules]: filter('modules'),
    [COMMANDS.filterDatasets]: filter('datasets'),
    [COMMANDS.filterModels]: filter('models'),
  }
}
