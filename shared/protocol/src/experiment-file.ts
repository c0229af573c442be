import * as z from 'zod'
import { AUTOML_PRESETS, NAS_STRATEGIES } from './experiment-choices.ts'
import { Duration, Environment, ParameterValue, Resources } from './module.ts'
import { ArtifactRef, Identifier, ModuleRef, Name } from './names.ts'

/**
 * `NAME.experiment.yaml`: a search over parameters (`nni`), over architectures (`nas`) or over ready-made learners of a table (`automl`).
 * What stands under `nni` has NNI's own names (schema v2), so that a `config.yml` can be pasted there.
 */

/** Where an input port takes its content from; relative paths start at the experiment's file. */
export const ExperimentInput = z.union([
  z.strictObject({ dataset: ArtifactRef }),
  z.strictObject({ model: ArtifactRef }),
  z.strictObject({ code: ArtifactRef }),
  z.strictObject({ file: z.string().min(1) }),
])
export type ExperimentInput = z.infer<typeof ExperimentInput>

/** Code that is no module: `command` is a line for the shell, as NNI's `trialCommand`, started in `directory` itself. */
export const ExperimentCode = z.strictObject({
  directory: z
    .string()
    .min(1)
    .optional()
    .describe('folder of the code, relative to this file; default: where this file lies'),
  command: z.string().min(1).max(100_000).describe('command line of one trial'),
  environment: Environment.optional().describe('default: an environment of ours that has nni'),
})

export const Direction = z.enum(['maximize', 'minimize'])
export type Direction = z.infer<typeof Direction>

export const Objective = z.strictObject({
  metric: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('name of the reported metric; default: the one called "default", or the only one'),
  direction: Direction,
})
export type Objective = z.infer<typeof Objective>

/** A tuner or assessor of NNI by name, or the user's own class. */
export const Algorithm = z.union([
  z.strictObject({ name: z.string().min(1).max(100), classArgs: z.record(z.string(), z.json()).optional() }),
  z.strictObject({
    className: z.string().min(1).max(200),
    codeDirectory: z.string().min(1).optional(),
    classArgs: z.record(z.string(), z.json()).optional(),
  }),
])
export type Algorithm = z.infer<typeof Algorithm>

/** Seconds, or a number and s, m, h or d, as NNI writes them. */
const NniDuration = z.union([z.number().positive(), Duration])

/** NNI's settings of a search (schema v2); `searchSpace` is checked by `search-space/`. */
export const NniSettings = z.strictObject({
  searchSpace: z.record(z.string(), z.json()).optional(),
  searchSpaceFile: z.string().min(1).optional().describe('JSON or YAML file, relative to this one'),
  tuner: Algorithm.optional().describe('default: TPE'),
  assessor: Algorithm.optional(),
  trialConcurrency: z.int().min(1).max(1000).optional().describe('trials at once; default 1'),
  maxTrialNumber: z.int().min(1).max(1_000_000).optional(),
  maxExperimentDuration: NniDuration.optional(),
  maxTrialDuration: NniDuration.optional(),
  trialGpuNumber: z.int().min(0).max(64).optional(),
})
export type NniSettings = z.infer<typeof NniSettings>

export const NasSettings = z.strictObject({
  space: z.string().min(1).describe('FILE.py:CLASS of a nni.nas ModelSpace, relative to this file'),
  evaluator: z
    .string()
    .min(1)
    .describe(
      'FILE.py:FUNCTION that trains and scores one model, or that answers a Lightning evaluator for a one-shot strategy',
    ),
  strategy: z.enum(NAS_STRATEGIES),
  strategyArgs: z.record(z.string(), z.json()).optional(),
  /** One-shot: stages of the progressive schedule (p-darts). */
  stages: z
    .array(z.strictObject({ epochs: z.int().min(1), keep: z.int().min(1), cells: z.int().min(1).optional() }))
    .optional(),
  maxTrialNumber: z.int().min(1).max(100_000).optional(),
  trialConcurrency: z.int().min(1).max(1000).optional(),
  maxExperimentDuration: NniDuration.optional(),
})
export type NasSettings = z.infer<typeof NasSettings>

export const AutomlSettings = z.strictObject({
  train: ExperimentInput,
  validation: ExperimentInput.optional(),
  test: ExperimentInput.optional().describe('only scored, never learnt from'),
  label: z.string().min(1).max(1000).describe('column to predict'),
  problem: z.enum(['binary', 'multiclass', 'regression']).optional().describe('default: from the column'),
  metric: z.string().min(1).max(100).optional().describe("AutoGluon's eval_metric; default: accuracy or RMSE"),
  presets: z.array(z.enum(AUTOML_PRESETS)).min(1).optional().describe('default: medium_quality'),
  timeLimit: NniDuration.optional().describe('default: 10 minutes'),
  /** Ends when no model was better for this long. */
  earlyStop: NniDuration.optional(),
  exclude: z.array(z.string()).optional().describe('columns that are not learnt from'),
  learners: z
    .array(z.string())
    .optional()
    .describe("AutoGluon's keys, like GBM, RF, XT, KNN, LR; default: those that are installed"),
})
export type AutomlSettings = z.infer<typeof AutomlSettings>

export const ExperimentFile = z
  .strictObject({
    apiVersion: z.literal('secxops/v1'),
    kind: z.literal('Experiment'),
    name: Name.optional().describe('default: from the name of the file'),
    description: z.string().max(2000).optional(),
    module: ModuleRef.optional().describe('what a trial runs; parameters come from the search space'),
    code: ExperimentCode.optional().describe('what a trial runs, where it is no module'),
    with: z.record(Identifier, ParameterValue).optional().describe('fixed parameters of the module'),
    inputs: z.record(Identifier, ExperimentInput).optional(),
    objective: Objective.optional().describe('default: from the tuner'),
    resources: Resources.optional().describe('of one trial'),
    engine: z
      .enum(['secxops', 'nni'])
      .optional()
      .describe("who runs the trials: our runner (default) or NNI's own manager"),
    nni: z
      .union([NniSettings, z.string().min(1)])
      .optional()
      .describe("NNI's settings, or the path of a config.yml"),
    nas: NasSettings.optional(),
    automl: AutomlSettings.optional(),
  })
  .refine(
    (file) => [file.nni, file.nas, file.automl].filter(Boolean).length === 1,
    'one of nni, nas and automl must be there',
  )
export type ExperimentFile = z.infer<typeof ExperimentFile>
