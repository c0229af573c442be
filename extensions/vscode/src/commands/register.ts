import { commands } from 'vscode'
import { COMMANDS } from '../command-ids.ts'
import type { Core } from '../core.ts'
import { type Trees, VIEWS } from '../trees/register.ts'
import type { Row } from '../trees/rows.ts'
import { attempt } from './attempt.ts'

/** Each command by its id; what it does is loaded when it is called, and a failure is told to the user. */
export function registerCommands(core: Core, trees: Trees): void {
  const register = (id: string, run: (given: unknown) => Promise<unknown>): void => {
    core.context.subscriptions.push(commands.registerCommand(id, (given: unknown) => attempt(core, () => run(given))))
  }
  const onRow = (id: string, run: (row: Row) => Promise<unknown>): void => register(id, (given) => run(given as Row))
  const onVersion = (id: string, run: (row: Extract<Row, { kind: 'version' }>) => Promise<unknown>): void =>
    register(id, (given) => run(given as Extract<Row, { kind: 'version' }>))

  register(COMMANDS.showSidebar, async () => commands.executeCommand('workbench.view.extension.secxops'))
  register(COMMANDS.newWorkflow, async (given) => (await import('./new-workflow.ts')).createWorkflow(core, given))
  register(COMMANDS.openExample, async () => (await import('./open-example.ts')).openExample(core))
  register(COMMANDS.packageModule, async (given) => (await import('./package-module.ts')).packageModule(core, given))
  register(COMMANDS.packageOther, async () => (await import('./package-module.ts')).packageOther(core))
  register(COMMANDS.saveVersion, async (given) => (await import('./save-version.ts')).saveVersion(core, given))
  register(COMMANDS.addDataset, async (given) => (await import('./library.ts')).addToLibrary(core, 'dataset', given))
  register(COMMANDS.addModel, async (given) => (await import('./library.ts')).addToLibrary(core, 'model', given))
  register(COMMANDS.runWorkflow, async (given) => (await import('./runs.ts')).runWorkflow(core, given))
  register(COMMANDS.continueRun, async (given) => (await import('./runs.ts')).continueRun(core, given))
  register(COMMANDS.cancelRun, async (given) => (await import('./runs.ts')).cancelRun(core, given))
  register(COMMANDS.showLog, async (given) => (await import('./runs.ts')).showLog(core, given))
  register(COMMANDS.saveOutput, async (given) => (await import('./runs.ts')).saveOutput(core, given))
  register(COMMANDS.setToken, async () => (await import('./set-token.ts')).setToken(core))
  register(COMMANDS.retryBackend, async () => (await core.backend()).retry())
  register(COMMANDS.diagnose, async () => (await import('../diagnose/diagnose.ts')).diagnose(core))

  onRow(COMMANDS.open, async (row) => (await import('./rows.ts')).openRow(core, row))
  onRow(COMMANDS.openModuleFile, async (row) => (await import('./rows.ts')).openModuleFile(core, row))
  onRow(COMMANDS.reveal, async (row) => (await import('./rows.ts')).reveal(row))
  onRow(COMMANDS.copyName, async (row) => (await import('./rows.ts')).copyName(row))
  onRow(COMMANDS.copyPath, async (row) => (await import('./rows.ts')).copyPath(row))
  onRow(COMMANDS.copyCommand, async (row) => (await import('./rows.ts')).copyCommand(row))
  onRow(COMMANDS.showOlderRuns, async (row) => (await trees.sidebar()).showOlder(row))
  onVersion(COMMANDS.exportVersion, async (row) => (await import('./library.ts')).exportVersion(core, row))
  onVersion(COMMANDS.newVersionFile, async (row) => (await import('./library.ts')).newVersion(core, row, false))
  onVersion(COMMANDS.newVersionFolder, async (row) => (await import('./library.ts')).newVersion(core, row, true))
  onVersion(COMMANDS.removeVersion, async (row) => (await import('./library.ts')).removeVersion(core, row))
  for (const view of VIEWS) {
    register(`secxops.filter.${view}`, async () => {
      await commands.executeCommand(`secxops.${view}.focus`)
      await commands.executeCommand('list.find')
    })
  }
}
