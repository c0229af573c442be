import { resolve } from 'node:path'
import type { Algorithm, ExperimentFile, NniSettings } from '@secxops/protocol/experiment-file'
import type { Json } from '@secxops/protocol/json'
import { seconds } from '@secxops/protocol/module'
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
  const tuner = algorithm(nni.tuner ?? { name: 'TPE' }, folder, direction)
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
      tuner,
      assessor: nni.assessor && algorithm(nni.assessor, folder, direction),
      trainingService: { platform: 'local', ...(gpu ? { useActiveGpu: true } : {}) },
    }),
    objective: { metric: file.objective?.metric ?? 'default', direction },
    method: nni.tuner ? nameOf(nni.tuner) : 'TPE',
  }
}

export const nameOf = (algorithm: Algorithm): string => ('name' in algorithm ? algorithm.name : algorithm.className)

/** NNI: TPE and Anneal minimize unless told otherwise, all others maximize. */
export function directionOf(file: ExperimentFile, nni: NniSettings): 'maximize' | 'minimize' {
  if (file.objective) return file.objective.direction
  const mode = nni.tuner?.classArgs?.optimize_mode
  if (mode === 'maximize' || mode === 'minimize') return mode
  return /^(tpe|anneal|tpe_legacy)$/i.test(nni.tuner ? nameOf(nni.tuner) : 'TPE') ? 'minimize' : 'maximize'
}

const WITHOUT_MODE = /^(gridsearch|random|batch(tuner)?|networkmorphism|curvefitting)$/i

function algorithm(given: Algorithm, folder: string, direction: string): Record<string, Json> {
  if ('className' in given)
    return present({
      className: given.className,
      codeDirectory: resolve(folder, given.codeDirectory ?? '.'),
      classArgs: given.classArgs,
    })
  const classArgs = present({
    optimize_mode: WITHOUT_MODE.test(given.name) ? undefined : direction,
    ...given.classArgs,
  })
  return present({ name: given.name, classArgs: Object.keys(classArgs).length > 0 ? classArgs : undefined })
}

/** Seconds of what NNI writes: a number, or a number and s, m, h or d. */
export const durationSeconds = (duration: number | string | undefined): number | undefined =>
  typeof duration === 'string' ? seconds(duration) : duration
