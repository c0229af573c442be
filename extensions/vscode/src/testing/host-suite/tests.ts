import assert from 'node:assert/strict'
import {
  CompletionList,
  commands,
  extensions,
  languages,
  Position,
  TabInputCustom,
  type TaskEndEvent,
  tasks,
  Uri,
  window,
  workspace,
} from 'vscode'
import type { Trees, ViewName } from '../../trees/register.ts'
import type { Row } from '../../trees/rows.ts'
import type { HostTest } from './names.ts'
import { until } from './until.ts'

const extension = extensions.getExtension<Trees>('secxops.secxops')

/** File of the open folder. */
function fileOf(name: string): Uri {
  const [folder] = workspace.workspaceFolders ?? []
  assert.ok(folder, 'a folder is open')
  return Uri.joinPath(folder.uri, name)
}

/** The words of a tree's rows, as they are drawn. */
async function words(view: ViewName, parent?: Row): Promise<{ row: Row; label: string; description: string }[]> {
  const sidebar = await extension?.exports.sidebar()
  assert.ok(sidebar, 'the extension is active')
  const rows = await sidebar.children(view, parent)
  return rows.map((row) => {
    const { label, description } = sidebar.item(row)
    return { row, label: String(label), description: String(description) }
  })
}

const rowOf = async (view: ViewName, label: string): Promise<{ row: Row; description: string } | undefined> =>
  (await words(view)).find((row) => row.label === label)

/** The tests by their names. Each goes on where the one before it ended. */
export const TESTS: Record<HostTest, () => Promise<void>> = {
  'the extension sleeps until the side bar is shown': async () => {
    assert.ok(extension, 'it is installed')
    assert.equal(extension.isActive, false)
    await commands.executeCommand('workbench.view.extension.secxops')
    await until('it is active', () => extension.isActive)
  },

  'each command of the manifest is there': async () => {
    const there = new Set(await commands.getCommands(true))
    const promised: { command: string }[] = extension?.packageJSON.contributes.commands
    assert.deepEqual(
      promised.map(({ command }) => command).filter((command) => !there.has(command)),
      [],
    )
  },

  'the trees show the files of the folder and what a real backend keeps': async () => {
    await until('the workflow is listed', () => rowOf('workflows', 'steps'))
    const modules = await until('the modules are listed', async () => {
      const found = await words('modules')
      return found.some(({ label }) => label === 'csv-split') && found
    })
    const shown = modules.map(({ label, description }) => [label, description])
    assert.deepEqual(
      shown.find(([label]) => label === 'step'),
      ['step', 'live · ./step'],
    )
    assert.deepEqual(await words('datasets'), [])
  },

  'a workflow file opens on the canvas': async () => {
    await commands.executeCommand('vscode.open', fileOf('steps.workflow.yaml'))
    const tab = await until('its tab', () => window.tabGroups.activeTabGroup.activeTab)
    assert.ok(tab.input instanceof TabInputCustom)
    assert.equal(tab.input.viewType, 'secxops.workflow')
  },

  'a workflow runs as a task, and the run is in the tree': async () => {
    const task = (await tasks.fetchTasks({ type: 'secxops' })).find(({ name }) => name === 'steps')
    assert.ok(task, 'the task is offered')
    const ended = new Promise<TaskEndEvent>((resolve) => tasks.onDidEndTask(resolve))
    await tasks.executeTask(task)
    assert.equal((await ended).execution.task.name, 'steps')
    const { row, description } = await until('the run is listed', async () => {
      const found = await rowOf('workflows', 'steps')
      return found?.description.startsWith('succeeded') && found
    })
    assert.match(description, /^succeeded · /)
    const [run] = await words('workflows', row)
    const nodes = await words('workflows', run?.row)
    assert.deepEqual(
      nodes.map(({ label, description: state }) => [label, state.replace(/ · .*/, '')]),
      [['first', 'succeeded']],
    )
  },

  'a misspelt module is marked at its place': async () => {
    const uri = fileOf('typo.workflow.yaml')
    await window.showTextDocument(uri)
    const [problem] = await until('a problem', () => {
      const found = languages.getDiagnostics(uri).filter(({ source }) => source === 'SecXOps')
      return found.length > 0 && found
    })
    assert.match(problem?.message ?? '', /stpe/)
    assert.equal(problem?.range.start.line, 3)
  },

  'a module that is there is offered while it is typed': async () => {
    const uri = fileOf('typo.workflow.yaml')
    const line = (await workspace.openTextDocument(uri)).lineAt(3).text
    const place = new Position(3, line.indexOf('./') + 2)
    const labels = await until('suggestions', async () => {
      const list: unknown = await commands.executeCommand('vscode.executeCompletionItemProvider', uri, place)
      if (!(list instanceof CompletionList)) return undefined
      const found = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label))
      return found.length > 0 && found
    })
    assert.ok(labels.includes('./step'), labels.join(', '))
  },
}
