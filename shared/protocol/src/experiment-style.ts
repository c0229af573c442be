import type { Path, YamlStyle } from './yaml-write.ts'

const ORDER = [
  'apiVersion',
  'kind',
  'name',
  'description',
  'module',
  'code',
  'with',
  'inputs',
  'objective',
  'resources',
  'engine',
  'nni',
  'nas',
  'automl',
]
/** Keys under `nni`, in the order in which they are written. */
export const NNI_KEYS: readonly string[] = [
  'searchSpace',
  'searchSpaceFile',
  'tuner',
  'assessor',
  'trialConcurrency',
  'maxTrialNumber',
  'maxExperimentDuration',
  'maxTrialDuration',
  'trialGpuNumber',
]

const isSpace = (path: Path): boolean => path[0] === 'nni' && path[1] === 'searchSpace'

/** How new text of an experiment is laid out: sections are blocks, their entries lines. */
export const experimentStyle: YamlStyle = {
  flow: (path: Path) => {
    if (path[0] === 'objective' || path[0] === 'resources') return true
    return isSpace(path) ? path.length > 2 : path.length > 1
  },
  order: (path: Path) => {
    if (path.length === 0) return ORDER
    return path.length === 1 && path[0] === 'nni' ? NNI_KEYS : undefined
  },
}
