import { join } from 'node:path'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { ExperimentFile } from '@secxops/protocol/experiment-file'
import type {
  ExperimentDetail,
  ExperimentKind,
  ExperimentState,
  ExperimentSummary,
  TrialState,
} from '@secxops/protocol/experiments'
import type { ExperimentRecord } from '../services.ts'

/** What an experiment was made from. `settings` follow edits, the rest never changes. */
export interface ExperimentSpec {
  name: string
  kind: ExperimentKind
  engine: ExperimentSummary['engine']
  path: string
  text: string
  file: ExperimentFile
  settings: ExperimentDetail['settings']
  objective: ExperimentRecord['objective']
  /** Name of the tuner, strategy or presets. */
  method: string
}

/** How an experiment stands. */
export interface ExperimentHead {
  state: ExperimentState
  detail?: string
  error?: ErrorBody
  endedAt?: string
  /** Milliseconds since the epoch at which the current period of activity began; absent while it is made ready. */
  activeSince?: number
  /** Active milliseconds of the periods before. */
  duration: number
  change: number
  metricRow: number
  reportRow: number
  /** Names of metrics, in the order of their first coming. */
  names: string[]
  counts: Record<TrialState, number>
  best?: { trial: number; value: number }
}

export interface StoredExperiment {
  id: string
  createdAt: string
  spec: ExperimentSpec
  head: ExperimentHead
}

export const newHead = (): ExperimentHead => ({
  state: 'preparing',
  duration: 0,
  change: 0,
  metricRow: 0,
  reportRow: 0,
  names: [],
  counts: { waiting: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0, 'stopped-early': 0, skipped: 0 },
})

/** Active milliseconds until now. */
export const activeTime = ({ duration, activeSince }: ExperimentHead): number =>
  duration + (activeSince === undefined ? 0 : Math.max(0, Date.now() - activeSince))

/** Folder of an experiment below the home's. */
export const directoryOf = (experiments: string, id: string): string => join(experiments, id)

export function summaryOf({ id, createdAt, spec, head }: StoredExperiment): ExperimentSummary {
  const { counts } = head
  const limit = spec.settings.maxTrialNumber
  return {
    id,
    name: spec.name,
    kind: spec.kind,
    engine: spec.engine,
    state: head.state,
    detail: head.detail,
    error: head.error,
    path: spec.path,
    createdAt,
    endedAt: head.endedAt,
    objective: spec.objective,
    method: spec.method,
    trials: {
      total: Object.values(counts).reduce((sum, count) => sum + count, 0),
      running: counts.running,
      succeeded: counts.succeeded,
      failed: counts.failed,
      stoppedEarly: counts['stopped-early'],
      skipped: counts.skipped,
      limit: typeof limit === 'number' ? limit : undefined,
    },
    best: head.best,
    change: head.change,
    metricRow: head.metricRow,
    reportRow: head.reportRow,
  }
}

export function detailOf(experiment: StoredExperiment, directory: string, page: string | undefined): ExperimentDetail {
  const { spec, head } = experiment
  const space = spec.settings.searchSpace
  return {
    ...summaryOf(experiment),
    text: spec.text,
    settings: spec.settings,
    space: isObject(space) ? space : undefined,
    duration: activeTime(head) / 1000,
    page,
    directory,
  }
}

const isObject = (value: unknown): value is ExperimentDetail['settings'] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
