import * as z from 'zod'
import { ErrorBody } from './error-schemas.ts'
import { Direction } from './experiment-file.ts'

/**
 * Experiments on the wire. An experiment owns trials; a trial owns the true parameters it ran with (joined by parameter id, never by
 * order) and the metrics it reported. For AutoML a trial is a fitted model, for a one-shot architecture search there is one trial.
 */

export const EXPERIMENT_KINDS = ['hpo', 'nas', 'automl'] as const
export const ExperimentKind = z.enum(EXPERIMENT_KINDS)
export type ExperimentKind = z.infer<typeof ExperimentKind>

/**
 * `preparing`: its environment or the search's process is being made ready. `stopped`: by the user, or because the backend's machine went
 * away; resume goes on. `done`: a limit was reached or the space is used up. `failed`: `error` says why; resume tries again.
 */
export const EXPERIMENT_STATES = ['preparing', 'running', 'stopping', 'stopped', 'done', 'failed'] as const
export const ExperimentState = z.enum(EXPERIMENT_STATES)
export type ExperimentState = z.infer<typeof ExperimentState>

/** `stopped-early`: by the assessor; the trial's reason says by what rule. `skipped`: a model that AutoML began and left out, with the reason. */
export const TRIAL_STATES = [
  'waiting',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'stopped-early',
  'skipped',
] as const
export const TrialState = z.enum(TRIAL_STATES)
export type TrialState = z.infer<typeof TrialState>

/** JSON object of parameters as the trial got them; a nested choice is an object with `_name`. */
export const TrialParameters = z.record(z.string(), z.json())
export type TrialParameters = z.infer<typeof TrialParameters>

export const Trial = z.object({
  /** Counts from 1 in the order of their making. */
  number: z.int().min(1),
  state: TrialState,
  /** Who proposed the parameters. */
  source: z.enum(['tuner', 'user', 'imported']),
  parameters: TrialParameters,
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  /** Value of the objective that was reported as final. */
  final: z.number().optional(),
  /** Further final values by name. */
  finals: z.record(z.string(), z.number()).optional(),
  /** Newest half-way value of the objective, and how many there were. */
  last: z.number().optional(),
  reports: z.int(),
  /** Why it was stopped early: the rule, the number it was held against and the trials that number is from. */
  stopped: z
    .object({
      rule: z.string(),
      step: z.int(),
      value: z.number(),
      limit: z.number().optional(),
      trials: z.array(z.int()).optional(),
    })
    .optional(),
  error: ErrorBody.optional(),
  /** Last line of progress, e.g. of its environment. */
  progress: z.string().optional(),
})
export type Trial = z.infer<typeof Trial>

export const ExperimentSummary = z.object({
  id: z.string(),
  name: z.string(),
  kind: ExperimentKind,
  /** `file`: opened from a finished experiment's `nni.sqlite`, to be looked at only. */
  engine: z.enum(['secxops', 'nni', 'file']),
  state: ExperimentState,
  /** What the state is busy with, or why it ended, in words. */
  detail: z.string().optional(),
  error: ErrorBody.optional(),
  /** Absolute path of the file it was made from. */
  path: z.string(),
  createdAt: z.string(),
  endedAt: z.string().optional(),
  objective: z.object({ metric: z.string(), direction: Direction }),
  /** Name of the tuner, strategy or presets. */
  method: z.string(),
  trials: z.object({
    total: z.int(),
    running: z.int(),
    succeeded: z.int(),
    failed: z.int(),
    stoppedEarly: z.int(),
    skipped: z.int().optional(),
    limit: z.int().optional(),
  }),
  best: z.object({ trial: z.int(), value: z.number() }).optional(),
  /** Grow with each change of a trial, each metric and each report: what a page has not read is what is after them. */
  change: z.int(),
  metricRow: z.int(),
  reportRow: z.int(),
})
export type ExperimentSummary = z.infer<typeof ExperimentSummary>

export const ExperimentDetail = ExperimentSummary.extend({
  /** The file's text it was made with. */
  text: z.string(),
  /** Compiled settings of NNI (schema v2), or of the architecture search or AutoML, as they hold now. */
  settings: z.record(z.string(), z.json()),
  /** Search space as it holds now. */
  space: z.record(z.string(), z.json()).optional(),
  /** Active seconds so far. */
  duration: z.number(),
  /** Where NNI's own page of it can be seen: path below the backend's address; absent when it has none now. */
  page: z.string().optional(),
  /** Absolute path of the folder with its logs. */
  directory: z.string(),
})
export type ExperimentDetail = z.infer<typeof ExperimentDetail>

/** Metrics in columns, in the order of their coming: equal lengths. */
export const MetricColumns = z.object({
  /** Row up to which these columns read; ask again with it. */
  row: z.int(),
  /** False: there are more rows than the limit. */
  complete: z.boolean(),
  trial: z.array(z.int()),
  /** Index into `names`. */
  name: z.array(z.int()),
  names: z.array(z.string()),
  step: z.array(z.number()),
  /** null: not a finite number. */
  value: z.array(z.number().nullable()),
  /** Milliseconds since the epoch. */
  time: z.array(z.number()),
})
export type MetricColumns = z.infer<typeof MetricColumns>

/** One candidate choice of an architecture with the weight of each. */
const AlphaRow = z.object({ label: z.string(), candidates: z.array(z.string()), weights: z.array(z.number()) })

/** What an architecture search or AutoML tells besides metrics. */
export const ExperimentReport = z.discriminatedUnion('kind', [
  /** Weights of the candidates after an epoch; `stage` counts from 1 in a progressive search. */
  z.object({ kind: z.literal('alpha'), epoch: z.int(), stage: z.int().optional(), choices: z.array(AlphaRow) }),
  /** An architecture that was chosen: label → candidate(s). `rank` from 1. */
  z.object({
    kind: z.literal('architecture'),
    rank: z.int(),
    trial: z.int().optional(),
    score: z.number().optional(),
    choices: z.record(z.string(), z.json()),
  }),
  /** A fitted model of AutoML; replaces an earlier one of the same name. Times in seconds (`predictTime`: of 1,000 rows), size in bytes. */
  z.object({
    kind: z.literal('model'),
    name: z.string(),
    trial: z.int().optional(),
    validation: z.number().nullable(),
    test: z.number().nullable().optional(),
    fitTime: z.number(),
    predictTime: z.number(),
    stackLevel: z.int(),
    size: z.number().optional(),
    best: z.boolean().optional(),
  }),
  /** A model that was not fitted, and why. */
  z.object({ kind: z.literal('skipped'), name: z.string(), reason: z.string(), detail: z.string().optional() }),
  z.object({ kind: z.literal('note'), text: z.string() }),
])
export type ExperimentReport = z.infer<typeof ExperimentReport>

/** What may be changed while it runs, and at resume. */
export const ExperimentEdit = z.object({
  trialConcurrency: z.int().min(1).max(1000).optional(),
  maxTrialNumber: z.int().min(1).max(1_000_000).optional(),
  /** Seconds. */
  maxExperimentDuration: z.number().positive().optional(),
  searchSpace: z.record(z.string(), z.json()).optional(),
})
export type ExperimentEdit = z.infer<typeof ExperimentEdit>

/** One proposal of "From code": a parameter that the code reads. */
export const SpaceProposal = z.object({
  name: z.string(),
  /** Entry of a search space. */
  entry: z.object({ _type: z.string(), _value: z.array(z.json()) }),
  /** How it was found, with the place. */
  why: z.string(),
  path: z.string(),
  line: z.int().optional(),
  /** Word of the command line behind which the code takes the value, like `--lr`; empty: a switch or a place; absent: it reads it by itself. */
  option: z.string().optional(),
})
export type SpaceProposal = z.infer<typeof SpaceProposal>
