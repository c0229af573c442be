import type { ExperimentFile } from '@secxops/protocol/experiment-file'
import type { ExperimentDetail, ExperimentKind } from '@secxops/protocol/experiments'

/** An experiment's file, understood: all that is needed to carry it out. */
export interface ExperimentReading {
  /** Absolute path. */
  path: string
  text: string
  /** Given in the file, else from the name of the file. */
  name: string
  kind: ExperimentKind
  /** Of NNI's own `config.yml` what corresponds to it; its paths are relative to the folder of `path`. */
  file: ExperimentFile
  /**
   * For a search: NNI's schema v2 with `searchSpace` inline, durations in seconds, paths absolute, `optimize_mode` written out;
   * `trialCommand` only where the file says it (code). For the others: the section of the file with defaults and durations in seconds.
   */
  settings: ExperimentDetail['settings']
  objective: { metric: string; direction: 'maximize' | 'minimize' }
  /** Name of the tuner, strategy or presets. */
  method: string
}
