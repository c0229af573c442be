import * as z from 'zod'
import { Problem } from './errors.ts'
import { ExperimentFile } from './experiment-file.ts'
import {
  ExperimentDetail,
  ExperimentEdit,
  ExperimentKind,
  ExperimentReport,
  ExperimentSummary,
  MetricColumns,
  SpaceProposal,
  Trial,
  TrialParameters,
} from './experiments.ts'
import { KeptArtifact } from './library.ts'
import { ArtifactRef, Name } from './names.ts'
import { AbsolutePath } from './paths.ts'
import { LogChunk } from './run.ts'

const experiment = z.object({ id: z.string() })
const trial = z.object({ id: z.string(), trial: z.coerce.number().int().min(1) })
/** `wait`: seconds to hold the answer until there is something after what was read, or the experiment has ended. */
const wait = z.coerce.number().min(0).max(25).optional()

/** Schemas of the routes of experiments; part of `API`. */
export const EXPERIMENTS_API = {
  'experiments.list': { response: z.array(ExperimentSummary) },
  /** What would run, and what is wrong with the file. `path`: `*.experiment.yaml`, or NNI's `config.yml`. */
  'experiments.check': {
    body: z.object({ path: AbsolutePath, text: z.string().optional() }),
    response: z.object({
      problems: z.array(Problem),
      kind: ExperimentKind.optional(),
      /** Command of one trial, as far as it is known. */
      command: z.array(z.string()).optional(),
      /** What is installed before the first trial; `bytes` on the disk; absent: all is there. */
      install: z.object({ what: z.string(), bytes: z.number() }).optional(),
      /** Columns of the table of AutoML, to choose from. */
      columns: z.array(z.string()).optional(),
      /** The file, when it is sound. An NNI file is given as one of ours. */
      file: ExperimentFile.optional(),
    }),
  },
  /** A first text for a new experiment over a module, notebook, script or folder. */
  'experiments.draft': {
    body: z.object({
      path: AbsolutePath,
      /** Default: AutoML for a table, an architecture search for a file with a model space, else a search over parameters. */
      kind: ExperimentKind.optional(),
      /** Table of AutoML; `path` is then the folder that the file goes to. */
      dataset: ArtifactRef.optional(),
      /** Folder that the file should stay in: what the editor shows. */
      within: AbsolutePath.optional(),
      /** Writes the file too. */
      write: z.boolean().optional(),
    }),
    /** Where it would lie, under a name that is free. */
    response: z.object({ path: z.string(), text: z.string() }),
  },
  'experiments.start': {
    body: z.object({
      path: AbsolutePath,
      /** Unsaved text; without it the file is read. */
      text: z.string().optional(),
      engine: z.enum(['secxops', 'nni']).optional(),
      idempotencyKey: z.string().min(8).max(128).optional(),
    }),
    response: ExperimentDetail,
  },
  /** A finished experiment's `nni.sqlite`, to be looked at. The same file again gives the same experiment. */
  'experiments.open': { body: z.object({ path: AbsolutePath }), response: ExperimentDetail },
  'experiments.get': { params: experiment, response: ExperimentDetail },
  /** Trials that changed after `after`, in the order of their change; `change` is what to ask with next. */
  'experiments.trials': {
    params: experiment,
    query: z.object({
      after: z.coerce.number().int().min(0).optional(),
      limit: z.coerce.number().int().min(1).max(20_000).optional(),
      wait,
    }),
    response: z.object({ trials: z.array(Trial), change: z.int(), complete: z.boolean() }),
  },
  'experiments.metrics': {
    params: experiment,
    query: z.object({
      after: z.coerce.number().int().min(0).optional(),
      trial: z.coerce.number().int().min(1).optional(),
      limit: z.coerce.number().int().min(1).max(200_000).optional(),
      wait,
    }),
    response: MetricColumns,
  },
  'experiments.reports': {
    params: experiment,
    query: z.object({ after: z.coerce.number().int().min(0).optional(), wait }),
    response: z.object({
      row: z.int(),
      reports: z.array(z.object({ row: z.int(), at: z.string(), report: ExperimentReport })),
    }),
  },
  'experiments.log': {
    params: trial,
    query: z.object({
      offset: z.coerce.number().int().min(0).optional(),
      limit: z.coerce.number().int().min(1).max(1_048_576).optional(),
      wait,
    }),
    response: LogChunk,
  },
  'experiments.stop': { params: experiment, body: z.object({}).optional(), response: ExperimentDetail },
  'experiments.resume': { params: experiment, body: ExperimentEdit.optional(), response: ExperimentDetail },
  'experiments.edit': { params: experiment, body: ExperimentEdit, response: ExperimentDetail },
  'experiments.remove': { params: experiment, body: z.object({ confirm: z.string() }), response: z.object({}) },
  'experiments.addTrial': { params: experiment, body: z.object({ parameters: TrialParameters }), response: Trial },
  'experiments.stopTrial': { params: trial, body: z.object({}).optional(), response: Trial },
  /** Writes a trial's parameters back: as defaults of the module's file, or as a node of a workflow (made where it is not there). */
  'experiments.apply': {
    params: trial,
    body: z.object({ to: z.enum(['defaults', 'workflow']), path: AbsolutePath.optional() }),
    response: z.object({ path: z.string(), changed: z.array(z.string()) }),
  },
  /** Keeps what was found as a model version: the best architecture or model, or the one of a trial. */
  'experiments.saveModel': {
    params: experiment,
    body: z.object({ name: Name, trial: z.int().min(1).optional(), model: z.string().optional() }),
    response: KeptArtifact,
  },
  /** Parameters that code reads: `nni.get_next_parameter()`, argparse, tagged notebook cells, `secxops.params`. */
  'experiments.fromCode': {
    body: z.object({ path: AbsolutePath }),
    response: z.object({ proposals: z.array(SpaceProposal) }),
  },
} as const
