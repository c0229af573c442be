import type { AutomlSettings, ExperimentFile, NasSettings } from '@secxops/protocol/experiment-file'
import type { Json } from '@secxops/protocol/json'
import { durationSeconds } from './compile-search.ts'
import { present } from './present.ts'
import type { ExperimentReading } from './reading.ts'

type Compiled = Pick<ExperimentReading, 'settings' | 'objective' | 'method'>

/** Settings of an architecture search: as they stand in the file, durations in seconds. */
export function compileNas(file: ExperimentFile, nas: NasSettings): Compiled {
  return {
    settings: present({
      ...(nas as Record<string, Json | undefined>),
      trialConcurrency: nas.trialConcurrency ?? 1,
      maxExperimentDuration: durationSeconds(nas.maxExperimentDuration),
    }),
    objective: { metric: file.objective?.metric ?? 'default', direction: file.objective?.direction ?? 'maximize' },
    method: nas.strategy,
  }
}

/** Settings of AutoML: defaults written out, durations in seconds. AutoGluon's scores are always better when higher. */
export function compileAutoml(file: ExperimentFile, automl: AutomlSettings): Compiled {
  const presets = automl.presets ?? ['medium_quality']
  return {
    settings: present({
      ...(automl as Record<string, Json | undefined>),
      presets,
      timeLimit: durationSeconds(automl.timeLimit ?? '10m'),
      earlyStop: durationSeconds(automl.earlyStop),
    }),
    objective: { metric: automl.metric ?? file.objective?.metric ?? 'score', direction: 'maximize' },
    method: presets.join(' + '),
  }
}
