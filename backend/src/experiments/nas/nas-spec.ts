import { dirname, join } from 'node:path'
import { ONE_SHOT_STRATEGIES } from '@secxops/protocol/experiment-choices'
import type { Json } from '@secxops/protocol/json'
import { assetPath } from '../../assets.ts'
import type { ExperimentRecord } from '../services.ts'

const ONE_SHOT: ReadonlySet<unknown> = new Set(ONE_SHOT_STRATEGIES)

/** True for a strategy that trains everything of a space at once: one trial is the whole search. */
export const isOneShot = ({ settings }: ExperimentRecord): boolean => ONE_SHOT.has(settings.strategy)

/** Folder of the Python package `secxops_nas`. */
export const nasPackage = (): string => assetPath('experiments/nas')

/** Where the trained architecture of a trial lies once it is there. */
export const modelFolder = (directory: string): string => join(directory, 'model')

/** What the Python side is told, see `secxops_nas/__main__.py`. */
export function nasSpec(record: ExperimentRecord): Record<string, Json> {
  const { space = null, evaluator = null, strategy = null, strategyArgs = {}, stages = null } = record.settings
  return {
    space,
    evaluator,
    strategy,
    strategyArgs,
    stages,
    objective: { ...record.objective },
    folder: dirname(record.path),
  }
}
