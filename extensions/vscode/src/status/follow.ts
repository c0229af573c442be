import { type ActiveExperiment, activeExperiments } from '@secxops/client/active-experiments'
import { type ActiveRun, activeRuns } from '@secxops/client/active-runs'
import { l10n, StatusBarAlignment, type StatusBarItem, window, workspace } from 'vscode'
import { COMMANDS } from '../command-ids.ts'
import type { Backend, BackendState } from '../connection/backend.ts'
import type { Core } from '../core.ts'
import type { View } from '../trees/register.ts'
import { setContext, tellStep } from '../vscode/context-key.ts'
import { carrySettings } from './carry-settings.ts'
import { RunBadge } from './run-badge.ts'

/** What the window shows of the backend beside its trees: context keys of the menus, the status bar while something runs, the badge. */
export function follow(core: Core, backend: Backend, workflows: View): void {
  const item = window.createStatusBarItem('secxops.runs', StatusBarAlignment.Left, 50)
  item.name = l10n.t('SecXOps runs')
  const badge = new RunBadge(workflows.tree)
  const show = (runs: ActiveRun[]): void => {
    showRuns(item, runs)
    badge.active(runs.length)
    setContext('activeRuns', runs.length > 0)
  }
  const search = window.createStatusBarItem('secxops.experiments', StatusBarAlignment.Left, 49)
  search.name = l10n.t('SecXOps experiments')
  tellState(backend.state)
  const stops = [
    backend.onState(tellState),
    backend.onState(({ kind }) => {
      if (kind === 'ready') void carrySettings(core, backend.client)
    }),
    activeRuns(backend.client, show),
    activeExperiments(backend.client, (experiments) => showExperiments(search, experiments)),
    backend.client.subscribe({
      event(event) {
        if (event.type === 'run') badge.news(event.run)
        if (event.type === 'run' && event.run.state === 'succeeded') tellStep('hasRun')
        if (event.type === 'library' && event.kind === 'model') tellStep('hasModel')
      },
    }),
  ]
  core.context.subscriptions.push(
    item,
    search,
    badge,
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('secxops')) void carrySettings(core, backend.client)
    }),
    {
      dispose: () => {
        for (const stop of stops) stop()
      },
    },
  )
}

function tellState(state: BackendState): void {
  setContext('backend', state.kind)
  setContext('remedy', state.kind === 'failed' ? state.remedy : undefined)
}

/** Shown only while something runs; a click opens the newest run. */
function showRuns(item: StatusBarItem, runs: ActiveRun[]): void {
  const [run] = runs
  if (!run) {
    item.hide()
    return
  }
  const done = runs.reduce((sum, one) => sum + one.done, 0)
  const total = runs.reduce((sum, one) => sum + one.total, 0)
  item.text = `$(play-circle) ${
    runs.length === 1
      ? l10n.t('{0}: {1} of {2} nodes', run.workflow, done, total)
      : l10n.t('{0} runs: {1} of {2} nodes', runs.length, done, total)
  }`
  item.tooltip = l10n.t('Open run {0}', run.id)
  item.command = { command: COMMANDS.openView, title: '', arguments: [{ view: 'run', runId: run.id }] }
  item.show()
}

/** The same for experiments. */
function showExperiments(item: StatusBarItem, experiments: ActiveExperiment[]): void {
  const [experiment] = experiments
  if (!experiment) {
    item.hide()
    return
  }
  const { id, name, trials, limit } = experiment
  const words =
    experiments.length > 1
      ? l10n.t('{0} experiments', experiments.length)
      : limit === undefined
        ? l10n.t('{0}: {1} trials', name, trials)
        : l10n.t('{0}: {1} of {2} trials', name, trials, limit)
  item.text = `$(beaker) ${words}`
  item.tooltip = l10n.t('Open experiment {0}', name)
  item.command = { command: COMMANDS.openView, title: '', arguments: [{ view: 'experiment', id }] }
  item.show()
}
