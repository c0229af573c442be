import type { ErrorBody } from '@secxops/protocol/errors'
import type { ExperimentFile } from '@secxops/protocol/experiment-file'
import type {
  ExperimentDetail,
  ExperimentEdit,
  ExperimentReport,
  ExperimentState,
  Trial,
  TrialParameters,
} from '@secxops/protocol/experiments'

/** How the parts of experiments see each other; `create-experiments.ts` puts them together. */

/** A durable experiment as its engine needs it. */
export interface ExperimentRecord {
  id: string
  name: string
  /** Absolute path of the file it was made from; relative paths of `file` start at its folder. */
  path: string
  /** Parsed; of NNI's own `config.yml` what corresponds to it. */
  file: ExperimentFile
  /** As they hold now: edits while running are in it. For a search: NNI's schema v2, with `searchSpace` inline. */
  settings: ExperimentDetail['settings']
  objective: { metric: string; direction: 'maximize' | 'minimize' }
  /** Absolute path of a folder of its own, mode 0700, already there: logs, checkpoints, whatever the engine keeps. Trials: `trials/<number>`. */
  directory: string
  /** Active milliseconds before this start. */
  duration: number
}

/** A new trial or news of one; what is absent stays as it is. The same number again is the same trial. */
export type TrialNews = Pick<Trial, 'number'> & Partial<Omit<Trial, 'number' | 'reports' | 'last'>>

/** A number that a trial reported. `step` counts from 0 where the trial does not say. */
export interface MetricNews {
  trial: number
  /** The objective's name for a plain number. */
  name: string
  step: number
  /** NaN and infinities are kept as such. */
  value: number
  /** Milliseconds since the epoch. */
  time: number
}

/** Where an engine writes what happens. Calls are cheap: they share transactions; what depends on durability awaits {@link durable}. */
export interface ExperimentJournal {
  readonly record: ExperimentRecord
  trial(news: TrialNews): void
  metric(news: MetricNews): void
  report(report: ExperimentReport): void
  /** Takes the name that trials really report for the objective's, where the file gives none. */
  objective(metric: string): void
  /** Only `preparing` and `running`; how it ended is told by {@link RunningExperiment.ended}. */
  state(state: Extract<ExperimentState, 'preparing' | 'running'>, detail?: string): void
  /** Resolves when all that was told before it is on the disk. */
  durable(): Promise<void>
  /** What is known, newest state; for a start after a restart of the backend. */
  trials(): Trial[]
  metricsOf(trial: number): MetricNews[]
  /** Finite points of the objective by trial, in the order of their coming. */
  curves(): Map<number, number[]>
  /** All that was reported, in the order of its coming. */
  reports(): ExperimentReport[]
}

export type ExperimentEnd = { state: 'done' | 'stopped'; detail?: string } | { state: 'failed'; error: ErrorBody }

/** An experiment that an engine carries out. */
export interface RunningExperiment {
  /** Resolves only on proof that no process of it is left. Never rejects. */
  readonly ended: Promise<ExperimentEnd>
  /** Asks everything to end. */
  stop(): void
  /** Rejects with conflict when the trial does not run. */
  stopTrial(number: number): Promise<void>
  /** Rejects with bad-request where the engine can't. Answers the new trial's number. */
  addTrial(parameters: TrialParameters): Promise<number>
  /** `record.settings` have the edit already. Rejects with bad-request for what can't change while it runs. */
  edit(edit: ExperimentEdit): Promise<void>
  /** Ends the watching; processes that outlive a backend go on, and `start` finds them again. */
  close(): Promise<void>
  /** Where NNI's own page of it is served, on loopback; undefined: nowhere. */
  page?(): { port: number; prefix: string } | undefined
}

/**
 * Carries experiments out. Five of them: our runner and NNI's manager for searches, NNI's `nni.nas`, AutoGluon, and none for a file that
 * is only looked at.
 */
export interface ExperimentEngine {
  /** Begins, or goes on after a stop or a restart of the backend: the journal tells what was there. Never rejects: `ended` tells. */
  start(journal: ExperimentJournal): RunningExperiment
  /** What must be installed before a first start; undefined: nothing. Cheap. */
  install(file: ExperimentFile): { what: string; bytes: number } | undefined
  /** Takes what was found into an empty folder, to be kept as a model version. Absent: it makes no models. */
  exportModel?(
    journal: ExperimentJournal,
    folder: string,
    what: { trial?: number; model?: string },
  ): Promise<{ description: string }>
}
