import { basename, join, resolve } from 'node:path'
import type { ExperimentInput } from '@secxops/protocol/experiment-file'
import type { Json } from '@secxops/protocol/json'
import { assetPath } from '../../assets.ts'
import type { ExperimentRecord } from '../services.ts'

/** Folder of the Python package `secxops_automl`. */
export const automlPackage = (): string => assetPath('experiments/automl')

/** Where the fitted models lie. */
export const predictorFolder = ({ directory }: Pick<ExperimentRecord, 'directory'>): string =>
  join(directory, 'predictor')

/** Seconds the fit may take: as edited last, else as in the file. */
export const timeLimit = ({ settings }: ExperimentRecord): number =>
  Number(settings.maxExperimentDuration ?? settings.timeLimit)

/** Seconds after its limit by which all must be over. */
export const graceOf = (limit: number): number => Math.max(limit * 0.1, 30)

/** The tables of an experiment by what they are for. */
export function tablesOf({ file }: ExperimentRecord): { role: string; input: ExperimentInput }[] {
  const { automl } = file
  if (!automl) throw new Error('the experiment has no tables')
  return (['train', 'validation', 'test'] as const).flatMap((role) => {
    const input = automl[role]
    return input ? [{ role, input }] : []
  })
}

/** What a table is called in messages. */
export const tableName = (input: ExperimentInput): string =>
  'file' in input ? basename(input.file) : (Object.values(input)[0] ?? 'table')

/** Where it comes from: an absolute path, or a reference of the library. */
export const tableSource = (input: ExperimentInput, folder: string): string =>
  'file' in input ? resolve(folder, input.file) : (Object.values(input)[0] ?? '')

/** What the Python side is told of the experiment's file, see `secxops_automl/__main__.py`. */
export function learningSpec({ settings }: ExperimentRecord): Record<string, Json> {
  const { label = null, problem = null, metric = null, presets = [], exclude = [], learners = null } = settings
  return { label, problem, metric, presets, exclude, learners, earlyStop: settings.earlyStop ?? null }
}
