import { COMMON } from '@secxops/panels/i18n/common'
import { formatAgo } from '@secxops/panels/i18n/format'
import { translator } from '@secxops/panels/i18n/translate'
import type { Run, RunNode, RunSummary } from '@secxops/protocol/run'
import { l10n, window } from 'vscode'
import type { EditorHost } from '../core.ts'
import { rowOf } from './given.ts'

/** The run that a command was called on, else the one that the user picks among those that fit, newest first. */
export async function pickRun(
  host: EditorHost,
  given: unknown,
  title: string,
  fits: (run: RunSummary) => boolean,
): Promise<string | undefined> {
  if (typeof given === 'string') return given
  const row = rowOf(given)
  if (row?.kind === 'run' || row?.kind === 'node') return row.run.id
  const runs = (await host.client.call('runs.list', { query: { limit: 200 } })).filter(fits)
  const word = translator(COMMON, host.locale)
  const items = runs.map((run) => ({
    label: run.workflow,
    description: `${word(run.state)} · ${formatAgo(run.createdAt, Date.now(), host.locale)}`,
    detail: run.id,
    id: run.id,
  }))
  if (items.length === 0) host.notify('info', l10n.t('There is no run for this.'))
  return items.length === 0 ? undefined : (await window.showQuickPick(items, { title, matchOnDetail: true }))?.id
}

/** The node that a command was called on, else the one that the user picks among those of the run that fit; failed ones first. */
export async function pickNode(
  host: EditorHost,
  run: Run,
  given: unknown,
  title: string,
  fits: (node: RunNode) => boolean,
): Promise<RunNode | undefined> {
  const row = rowOf(given)
  const named = row?.kind === 'node' ? row.node.id : undefined
  const nodes = run.nodes.filter((node) => (named === undefined ? fits(node) : node.id === named))
  if (nodes.length < 2) return nodes[0]
  const word = translator(COMMON, host.locale)
  const items = nodes
    .sort((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'))
    .map((node) => ({ label: node.id, description: word(node.state), node }))
  return (await window.showQuickPick(items, { title }))?.node
}
