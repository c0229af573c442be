import { tellGone } from '@secxops/panels/sidebar/gone'
import { isWorkflowPath } from '@secxops/protocol/workflow-path'
import { commands, env, Uri } from 'vscode'
import type { Core } from '../core.ts'
import type { Row } from '../trees/rows.ts'
import { openView, openWorkflow } from '../views.ts'

/** Opens what a row stands for: a file of the user's in its editor, what the backend keeps in its view, which the next row takes over. */
export async function openRow(core: Core, row: Row): Promise<void> {
  switch (row.kind) {
    case 'workflow': {
      const { path, gone, runs } = row.group
      if (gone) tellGone(await core.host(), path, runs[0])
      else if (isWorkflowPath(path)) await openWorkflow(path)
      else (await core.host()).openFile(path)
      return
    }
    case 'run':
      return openView({ view: 'run', runId: row.run.id }, true)
    case 'node':
      return openView({ view: 'run', runId: row.run.id, nodeId: row.node.id }, true)
    case 'module-file': {
      const { path, source } = row.file
      if (source) await openView({ view: 'package', path: source })
      else (await core.host()).openFile(path)
      return
    }
    case 'module':
      return openView({ view: 'module', name: row.module.name, version: row.module.latest }, true)
    case 'version': {
      const { kind, name, latest } = row.artifact
      return openView({ view: 'artifact', kind, name, version: latest.version }, true)
    }
    case 'base':
      return openView({ view: 'base', name: row.base.name }, true)
    case 'label-job': {
      const { kind, id, base } = row.job
      return openView(kind === 'label' ? { view: 'review', jobId: id } : { view: 'base', name: base }, true)
    }
    case 'experiment':
      return openView({ view: 'experiment', id: row.experiment.id }, true)
    case 'older':
      return
  }
}

export async function openModuleFile(core: Core, row: Row): Promise<void> {
  const path = pathOf(row)
  if (path !== undefined) (await core.host()).openFile(path)
}

/** Shows the file of a row in the explorer. */
export async function reveal(row: Row): Promise<void> {
  const path = pathOf(row)
  if (path !== undefined) await commands.executeCommand('revealInExplorer', Uri.file(path))
}

export const copyName = (row: Row): Thenable<void> => env.clipboard.writeText(nameOf(row))

export const copyPath = (row: Row): Thenable<void> => env.clipboard.writeText(pathOf(row) ?? '')

/** Copies the command line that does or shows the same. */
export const copyCommand = (row: Row): Thenable<void> => env.clipboard.writeText(commandOf(row))

/** What names the thing in a workflow, on the command line and in the library. */
export function nameOf(row: Row): string {
  switch (row.kind) {
    case 'workflow':
      return row.group.name
    case 'run':
      return row.run.id
    case 'node':
      return row.node.id
    case 'module-file':
      return row.file.name
    case 'module':
      return `${row.module.name}@${row.module.latest}`
    case 'version':
      return `${row.artifact.name}@${row.artifact.latest.version}`
    case 'base':
      return row.base.name
    case 'label-job':
      return row.job.id
    case 'experiment':
      return row.experiment.id
    case 'older':
      return ''
  }
}

export function commandOf(row: Row): string {
  switch (row.kind) {
    case 'workflow':
      return `secxops run ${quoted(row.group.path)}`
    case 'run':
      return `secxops runs show ${row.run.id}`
    case 'node':
      return `secxops runs log ${row.run.id} ${row.node.id}`
    case 'module-file':
      return `secxops module save ${quoted(row.file.path)}`
    case 'version':
      return `secxops ${row.artifact.kind} get ${nameOf(row)} ${row.artifact.name}`
    case 'experiment': {
      const { id, engine, path } = row.experiment
      return engine === 'file' ? `secxops experiment show ${id}` : `secxops experiment run ${quoted(path)}`
    }
    case 'module':
    case 'base':
    case 'label-job':
    case 'older':
      return ''
  }
}

/** One word for a POSIX shell. */
const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

function pathOf(row: Row): string | undefined {
  if (row.kind === 'workflow') return row.group.path
  if (row.kind === 'experiment') return row.experiment.path
  return row.kind === 'module-file' ? row.file.path : undefined
}
