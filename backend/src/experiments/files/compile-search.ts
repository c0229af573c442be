import { resolve } from 'node:path'
import type { Algorithm, ExperimentFile, NniSettings } from '@secxops/protocol/experiment-file'
import type { Json } from '@secxops/protocol/json'
import { seconds } from '@secxops/protocol/module'
import type { Algorithm as Known } from '@secxops/protocol/search-space/algorithm'
import { findAssessor, findTuner } from '@secxops/protocol/search-space/find-algorithm'
import { present } from './present.ts'
import type { ExperimentReading } from './reading.ts'

type Compiled = Pick<ExperimentReading, 'settings' | 'objective' | 'method'>

/** NNI's settings of a search (schema v2) from a sound file. `folder`: where its relative paths start; `space`: inline already. */
export function compileSearch(
  file: ExperimentFile,
  nni: NniSettings,
  context: { name: string; folder: string; space: Record<string, Json> },
): Compiled {
  const { name, folder, space } = context
  const direction = directionOf(file, nni)
  const { tuner = { name: 'TPE' }, assessor } = nni
  const gpu = nni.trialGpuNumber ?? file.resources?.gpu
  return {
    settings: present({
      experimentName: name,
      searchSpace: space,
      trialCommand: file.code?.command,
      trialCodeDirectory: file.code && resolve(folder, file.code.directory ?? '.'),
      trialConcurrency: nni.trialConcurrency ?? 1,
      maxTrialNumber: nni.maxTrialNumber,
      maxExperimentDuration: durationSeconds(nni.maxExperimentDuration),
      maxTrialDuration: durationSeconds(nni.maxTrialDuration),
      trialGpuNumber: gpu,
      tuner: compiled(tuner, findTuner(nameOf(tuner)), folder, direction),
      assessor: assessor && compiled(assessor, findAssessor(nameOf(assessor)), folder, direction),
      trainingService: { platform: 'local', ...(gpu ? { useActiveGpu: true } : {}) },
    }),
    objective: { metric: file.objective?.metric ?? 'default', direction },
    method: findTuner(nameOf(tuner))?.name ?? nameOf(tuner),
  }
}

const nameOf = (algorithm: Algorithm): string => ('name' in algorithm ? algorithm.name : algorithm.className)

/** As the objective says, else the tuner's arguments, else as NNI's tuner does when it is not told. */
function directionOf(file: ExperimentFile, { tuner }: NniSettings): 'maximize' | 'minimize' {
  if (file.objective) return file.objective.direction
  const told = tuner?.classArgs?.optimize_mode
  const mode = told ?? findTuner(tuner ? nameOf(tuner) : 'TPE')?.classArgs.optimize_mode?.default
  return mode === 'minimize' ? 'minimize' : 'maximize'
}

/** NNI looks for names by their exact spelling in places; ours is the one of its table. */
function compiled(given: Algorithm, known: Known | undefined, folder: string, direction: string): Record<string, Json> {
  if ('className' in given)
    return present({
      className: given.className,
      codeDirectory: resolve(folder, given.codeDirectory ?? '.'),
      classArgs: given.classArgs,
    })
  const mode = known?.classArgs.optimize_mode ? { optimize_mode: direction } : {}
  const classArgs = present({ ...mode, ...given.classArgs })
  return present({
    name: known?.name ?? given.name,
    classArgs: Object.keys(classArgs).length > 0 ? classArgs : undefined,
  })
}

/** Seconds of what NNI writes: a number, or a number and s, m, h or d. */
export const durationSeconds = (duration: number | string | undefined): number | undefined =>
  typeof duration === 'string' ? seconds(duration) : duration
