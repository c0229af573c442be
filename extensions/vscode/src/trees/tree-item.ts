import { progress } from '@secxops/client/run-progress'
import { COMMON } from '@secxops/panels/i18n/common'
import { formatAgo, formatBytes, formatDuration, formatTime } from '@secxops/panels/i18n/format'
import { type Locale, translator } from '@secxops/panels/i18n/translate'
import { BASE_WORDS } from '@secxops/panels/labels/base-words'
import { JOBS } from '@secxops/panels/labels/jobs/text'
import { EXPERIMENT_WORDS, experimentDetail } from '@secxops/panels/sidebar/experiment-words'
import { ROW_WORDS } from '@secxops/panels/sidebar/row-words'
import { runTitle } from '@secxops/panels/view/run-title'
import { isGoing } from '@secxops/protocol/experiment-going'
import type { ExperimentState } from '@secxops/protocol/experiments'
import type { BaseSummary } from '@secxops/protocol/labels'
import type { NodeState, RunNode, RunState, RunSummary } from '@secxops/protocol/run'
import { isWorkflowPath } from '@secxops/protocol/workflow-path'
import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode'
import { isActive, type Row } from './rows.ts'

const CLOSED = TreeItemCollapsibleState.Collapsed

/**
 * How a row looks. `contextValue` follows the grammar that the manifest's menus read: `workflow`, `try` (no workflow file), `run.(active|stopped|done)`,
 * `node(.started)`, `older`, `module.live(.source)`, `module.(saved|builtin)`, `version`.
 */
export function treeItem(row: Row, locale: Locale): TreeItem {
  const item = new TreeItem('', TreeItemCollapsibleState.None)
  item.id = row.id
  item.command = {
    command: row.kind === 'older' ? 'secxops.showOlderRuns' : 'secxops.open',
    title: '',
    arguments: [row],
  }
  const shown = look(row, locale)
  const words = [shown.label, shown.description].filter(Boolean).join(', ')
  return Object.assign(item, { accessibilityInformation: { label: words } }, shown)
}

function look(row: Row, locale: Locale): Partial<TreeItem> {
  const t = translator(ROW_WORDS, locale)
  const common = translator(COMMON, locale)
  const counted = (v: string, n: number): string => (n === 1 ? v : t('versions', { v, n }))
  const ago = (iso: string): string => formatAgo(iso, Date.now(), locale)
  switch (row.kind) {
    case 'workflow': {
      const { group } = row
      const newest = group.runs[0]
      const words = newest ? `${group.gone ? t('gone') : common(newest.state)} · ${ago(newest.createdAt)}` : t('noRuns')
      return {
        label: group.name,
        description: words,
        tooltip: group.path,
        iconPath: new ThemeIcon(
          isWorkflowPath(group.path) ? 'type-hierarchy-sub' : 'package',
          group.gone ? new ThemeColor('disabledForeground') : newest && colour(newest.state),
        ),
        contextValue: isWorkflowPath(group.path) && !group.gone ? 'workflow' : 'try',
        ...(newest ? { collapsibleState: CLOSED } : {}),
      }
    }
    case 'run':
      return { ...runLook(row.run, locale), description: [...endedOf(row.run), ago(row.run.createdAt)].join(' · ') }
    case 'node':
      return nodeLook(row.node, common(row.node.state))
    case 'older':
      return { label: t('moreRuns', { n: row.count }), iconPath: new ThemeIcon('ellipsis'), contextValue: 'older' }
    case 'module-file': {
      const { name, path, place, source } = row.file
      return {
        label: name,
        description: `${t('live')} · ${place ?? path}`,
        tooltip: path,
        iconPath: new ThemeIcon('file-code'),
        resourceUri: Uri.file(path),
        contextValue: source ? 'module.live.source' : 'module.live',
      }
    }
    case 'module': {
      const { name, latest, versions, builtin, description, createdAt } = row.module
      return {
        label: name,
        description: `${counted(latest, versions.length)} · ${builtin ? t('builtin') : ago(createdAt)}`,
        tooltip: [`${name}@${latest}`, description].filter(Boolean).join('\n'),
        iconPath: new ThemeIcon('package'),
        contextValue: builtin ? 'module.builtin' : 'module.saved',
      }
    }
    case 'base': {
      const { name, description, references, waiting, state } = row.base
      const label = translator(BASE_WORDS, locale)
      const words = [
        ...(state.state === 'ready' || state.state === 'empty' ? [] : [label(state.state)]),
        ...(waiting > 0 ? [l10n.t('{0} to review', waiting)] : []),
        label('referenceCount', { n: references }),
      ].join(' · ')
      return {
        label: name,
        description: words,
        tooltip: [name, description, state.state === 'failed' ? state.error.message : ''].filter(Boolean).join('\n'),
        iconPath: baseIcon(state),
        contextValue: 'base',
        ...(waiting > 0 || state.state === 'working' || state.state === 'failed' ? { collapsibleState: CLOSED } : {}),
      }
    }
    case 'experiment': {
      const { experiment } = row
      const { id, name, state, engine, method, createdAt, error, path } = experiment
      const words = translator(EXPERIMENT_WORDS, locale)
      const over = engine === 'file' || state === 'done'
      return {
        label: name,
        description: [common(state), ...experimentDetail(experiment, words), ago(createdAt)].join(' · '),
        tooltip: [id, method, path, error?.message].filter(Boolean).join('\n'),
        iconPath: stateIcon(state),
        contextValue: `experiment.${isGoing(experiment) ? 'active' : over ? 'done' : 'stopped'}`,
      }
    }
    case 'label-job': {
      const { kind, subject, done, total, state, waits, error } = row.job
      const words = translator(JOBS, locale)
      const going = state === 'waiting' || state === 'running'
      const far = total === undefined ? words('done', { n: done }) : words('doneOf', { done, total })
      return {
        label: words(going ? kind : `${kind}Ended`, { subject: subject.replace(/.*[\\/]/, '') }),
        description: going ? far : state === 'succeeded' ? '' : common(state),
        tooltip: [subject, waits, error?.message].filter(Boolean).join('\n'),
        iconPath: stateIcon(state === 'waiting' ? 'pending' : state),
        contextValue: `job.${kind}`,
      }
    }
    case 'version': {
      const { name, kind, latest, versions } = row.artifact
      return {
        label: name,
        description: `${counted(`v${latest.version}`, versions)} · ${ago(latest.createdAt)}`,
        tooltip: [
          `${name}@${latest.version} · ${formatBytes(latest.size)} · ${formatTime(latest.createdAt, locale)}`,
          latest.description,
        ]
          .filter(Boolean)
          .join('\n'),
        iconPath: new ThemeIcon(kind === 'model' ? 'circuit-board' : 'database'),
        contextValue: 'version',
      }
    }
  }
}

function runLook(run: RunSummary, locale: Locale): Partial<TreeItem> {
  const title = runTitle(run, Date.now())
  const state = translator(COMMON, locale)(run.state)
  const took = run.duration === undefined ? '' : ` · ${formatDuration(run.duration)}`
  const kind = isActive(run) ? 'active' : run.state === 'succeeded' ? 'done' : 'stopped'
  return {
    label: title,
    tooltip: `${run.id}\n${state}${took} · ${formatTime(run.createdAt, locale)}`,
    iconPath: stateIcon(run.state),
    contextValue: `run.${kind}`,
    collapsibleState: CLOSED,
    accessibilityInformation: { label: `${title}, ${state}` },
  }
}

function nodeLook({ id, state, attempts, blockedBy }: RunNode, word: string): Partial<TreeItem> {
  const last = attempts.at(-1)
  const detail = state === 'blocked' ? blockedBy.join(', ') : (last?.progress ?? last?.error?.message ?? '')
  return {
    label: id,
    description: [word, ...(last?.duration === undefined ? [] : [formatDuration(last.duration)])].join(' · '),
    tooltip: [`${id}: ${word}`, detail].filter(Boolean).join('\n'),
    iconPath: stateIcon(state),
    contextValue: last ? 'node.started' : 'node',
  }
}

function baseIcon({ state }: BaseSummary['state']): ThemeIcon {
  if (state === 'failed') return stateIcon('failed')
  return state === 'working' ? stateIcon('running') : new ThemeIcon('tag')
}

/** `2/3` while a run is going on. */
function endedOf(run: RunSummary): string[] {
  if (!isActive(run)) return []
  const { done, all } = progress(run)
  return [`${done}/${all}`]
}

type AnyState = RunState | NodeState | ExperimentState

const ICONS: Record<AnyState, string> = {
  pending: 'circle-large-outline',
  ready: 'circle-large-outline',
  running: 'play-circle',
  cancelling: 'stop-circle',
  succeeded: 'pass',
  failed: 'error',
  cancelled: 'circle-slash',
  blocked: 'debug-pause',
  preparing: 'circle-large-outline',
  stopping: 'stop-circle',
  stopped: 'circle-slash',
  done: 'pass',
}

const stateIcon = (state: AnyState): ThemeIcon => new ThemeIcon(ICONS[state], colour(state))

function colour(state: AnyState): ThemeColor | undefined {
  if (state === 'succeeded' || state === 'done') return new ThemeColor('testing.iconPassed')
  if (state === 'failed') return new ThemeColor('testing.iconFailed')
  if (state === 'running') return new ThemeColor('charts.blue')
  return undefined
}
