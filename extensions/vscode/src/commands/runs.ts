import { randomUUID } from 'node:crypto'
import { saveAs } from '@secxops/panels/artifact/save-as'
import type { PortContent } from '@secxops/protocol/run'
import { isWorkflowPath } from '@secxops/protocol/workflow-path'
import { l10n, window, workspace } from 'vscode'
import type { Core } from '../core.ts'
import { openLog } from '../log/log-uri.ts'
import { isActive } from '../trees/rows.ts'
import { openView } from '../views.ts'
import { fileInFront, fileOf, rowOf } from './given.ts'
import { pickNode, pickRun } from './pick-run.ts'

/** Saves a workflow, starts a run of it and opens the run: the row, the file, the tab in front, else the one that the user picks. */
export async function runWorkflow(core: Core, given: unknown): Promise<void> {
  const { client } = await core.host()
  const row = rowOf(given)
  const front = fileInFront()?.fsPath
  const path =
    (row?.kind === 'workflow' ? row.group.path : undefined) ??
    fileOf(given)?.fsPath ??
    (front !== undefined && isWorkflowPath(front) ? front : await pickWorkflow())
  if (path === undefined) return
  await workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.fsPath === path)?.save()
  const run = await client.call('runs.start', { body: { path, idempotencyKey: randomUUID() } })
  await openView({ view: 'run', runId: run.id })
}

async function pickWorkflow(): Promise<string | undefined> {
  const { workflowFiles } = await import('../trees/workspace-files.ts')
  const files = (await workflowFiles.list()).map(({ name, place, path }) => ({ label: name, description: place, path }))
  if (files.length === 1) return files[0]?.path
  const title = l10n.t('Run workflow')
  const placeHolder = files.length === 0 ? l10n.t('There is no workflow in this folder yet.') : undefined
  return (await window.showQuickPick(files, { title, placeHolder }))?.path
}

/** Runs again what must run of a failed or cancelled run, and opens it. */
export async function continueRun(core: Core, given: unknown): Promise<void> {
  const host = await core.host()
  const fits = (run: { state: string }): boolean => run.state === 'failed' || run.state === 'cancelled'
  const id = await pickRun(host, given, l10n.t('Continue run'), fits)
  if (id === undefined) return
  await host.client.call('runs.continue', { params: { id }, body: {} })
  await openView({ view: 'run', runId: id })
}

export async function cancelRun(core: Core, given: unknown): Promise<void> {
  const host = await core.host()
  const id = await pickRun(host, given, l10n.t('Cancel run'), isActive)
  if (id !== undefined) await host.client.call('runs.cancel', { params: { id }, body: {} })
}

/** Opens the log of a node's newest attempt as a document. */
export async function showLog(core: Core, given: unknown): Promise<void> {
  const host = await core.host()
  const title = l10n.t('Show log')
  const id = await pickRun(host, given, title, () => true)
  if (id === undefined) return
  const run = await host.client.call('runs.get', { params: { id } })
  const node = await pickNode(host, run, given, title, ({ attempts }) => attempts.length > 0)
  const last = node?.attempts.at(-1)
  if (node && last) await openLog({ run: id, node: node.id, attempt: last.number })
  else if (run.nodes.every(({ attempts }) => attempts.length === 0))
    host.notify('info', l10n.t('No node of {0} has started yet.', id))
}

/** Keeps an output of a run under a name of the user's. */
export async function saveOutput(core: Core, given: unknown): Promise<void> {
  const host = await core.host()
  const title = l10n.t('Save output as')
  const id = await pickRun(host, given, title, (run) => (run.counts.succeeded ?? 0) > 0)
  if (id === undefined) return
  const run = await host.client.call('runs.get', { params: { id } })
  const row = rowOf(given)
  const named = row?.kind === 'node' ? row.node.id : undefined
  const items = run.nodes
    .filter((node) => named === undefined || node.id === named)
    .flatMap(({ id: node, attempts }) => {
      const last = attempts.at(-1)
      return Object.entries(last?.outputs ?? {}).flatMap(([port, { type }]) =>
        isKept(type)
          ? [{ label: `${node}.${port}`, description: type, node, port, attempt: last?.number ?? 1, type }]
          : [],
      )
    })
  if (items.length === 0) return host.notify('info', l10n.t('This has made no dataset or model yet.'))
  const chosen = items.length === 1 ? items[0] : await window.showQuickPick(items, { title })
  if (!chosen) return
  const { node, port, attempt, type } = chosen
  await saveAs(host, { runId: id, workflow: run.workflow, nodeId: node, port, attempt }, type)
}

const isKept = (type: PortContent['type']): type is 'dataset' | 'model' => type === 'dataset' || type === 'model'
