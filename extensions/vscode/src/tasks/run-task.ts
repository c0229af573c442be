import { isAbsolute, join } from 'node:path'
import {
  CustomExecution,
  l10n,
  Task,
  type TaskDefinition,
  TaskScope,
  type Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode'
import type { Core } from '../core.ts'
import { workflowFiles } from '../trees/workspace-files.ts'
import { RunTerminal } from './run-terminal.ts'

/** Tasks that are offered without a `tasks.json`: one a workflow file. */
export async function offeredTasks(core: Core): Promise<Task[]> {
  const files = await workflowFiles.list()
  return files.map(({ path, name }) => {
    const folder = workspace.workspaceFolders?.find(({ uri }) => path.startsWith(`${uri.fsPath}/`))
    const workflow = folder ? path.slice(folder.uri.fsPath.length + 1) : path
    return taskOf(core, { type: 'secxops', workflow }, folder ?? TaskScope.Workspace, name)
  })
}

/** The task of a `tasks.json` with what carries it out; undefined where its workflow is not named. */
export function resolvedTask(core: Core, { definition, scope, name }: Task): Task | undefined {
  if (typeof definition.workflow !== 'string') return undefined
  return taskOf(core, definition, typeof scope === 'object' ? scope : TaskScope.Workspace, name)
}

function taskOf(
  core: Core,
  definition: TaskDefinition,
  scope: WorkspaceFolder | TaskScope.Workspace,
  name: string,
): Task {
  const execution = new CustomExecution(async () => {
    const { client } = await core.host()
    return new RunTerminal(client, {
      path: pathOf(definition.workflow, typeof scope === 'object' ? scope.uri : workspace.workspaceFolders?.[0]?.uri),
      parameters: definition.parameters ?? {},
      inputs: definition.inputs ?? {},
    })
  })
  const task = new Task(definition, scope, name, 'secxops', execution, '$secxops')
  task.detail = l10n.t('Runs {0}', definition.workflow)
  return task
}

const pathOf = (workflow: string, folder: Uri | undefined): string =>
  isAbsolute(workflow) || !folder ? workflow : join(folder.fsPath, workflow)
