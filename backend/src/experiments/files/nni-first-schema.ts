import { isMap, type Json } from '@secxops/protocol/json'
import { present } from './present.ts'
import type { ProblemList } from './problem-list.ts'

/** NNI's first schema, which projects from before 2.0 have and NNI 3 still reads: its key → that of schema v2. */
const RENAMED: Record<string, string> = {
  experimentName: 'experimentName',
  trialConcurrency: 'trialConcurrency',
  maxExecDuration: 'maxExperimentDuration',
  maxTrialDuration: 'maxTrialDuration',
  maxTrialNum: 'maxTrialNumber',
  searchSpacePath: 'searchSpaceFile',
  searchSpace: 'searchSpace',
  useAnnotation: 'useAnnotation',
  nniManagerIp: 'nniManagerIp',
  debug: 'debug',
  logLevel: 'logLevel',
  logDir: 'experimentWorkingDirectory',
}

const MARKS = ['trial', 'trainingServicePlatform', 'searchSpacePath', 'maxExecDuration', 'maxTrialNum', 'authorName']

/** True when the keys are those of the first schema. */
export const isFirstSchema = (config: Record<string, Json>): boolean =>
  MARKS.some((key) => Object.hasOwn(config, key)) && !Object.hasOwn(config, 'trialCommand')

/** The same settings in the words of schema v2; unknown keys stay, to be told. */
export function fromFirstSchema(config: Record<string, Json>, list: ProblemList): Record<string, Json> {
  const result: Record<string, Json> = {}
  for (const [key, value] of Object.entries(config)) {
    if (key === 'authorName' || key === 'description') continue
    if (key === 'trainingServicePlatform') result.trainingService = { platform: value }
    else if (key === 'trial') Object.assign(result, trialOf(value, list))
    else if (key === 'tuner' || key === 'assessor' || key === 'advisor') result[key] = algorithmOf(key, value, list)
    else if (key === 'localConfig')
      list.warn([key], 'localConfig has no effect here: trialConcurrency and gpuNum alone count.')
    else result[RENAMED[key] ?? key] = value
  }
  return result
}

const TRIAL: Record<string, string> = {
  command: 'trialCommand',
  codeDir: 'trialCodeDirectory',
  gpuNum: 'trialGpuNumber',
}

function trialOf(trial: Json, list: ProblemList): Record<string, Json> {
  if (!isMap(trial)) {
    list.error(['trial'], 'trial: expected a map with command, codeDir and gpuNum.')
    return {}
  }
  const result: Record<string, Json> = {}
  for (const [key, value] of Object.entries(trial)) {
    const renamed = TRIAL[key]
    if (renamed) result[renamed] = value
    else list.error(['trial', key], `trial.${key} is for trials on other machines, which are not supported. Remove it.`)
  }
  return result
}

function algorithmOf(role: string, value: Json, list: ProblemList): Json {
  if (!isMap(value)) return value
  const { classArgs, codeDir, className, classFileName, gpuIndices, includeIntermediateResults, ...rest } = value
  const builtin = rest[`builtin${role[0]?.toUpperCase()}${role.slice(1)}Name`]
  for (const key of Object.keys(rest))
    if (!key.startsWith('builtin')) list.error([role, key], `${role}.${key} is not known to NNI.`)
  if (gpuIndices !== undefined) list.warn([role, 'gpuIndices'], 'gpuIndices has no effect here.')
  if (includeIntermediateResults === true)
    list.warn([role, 'includeIntermediateResults'], 'includeIntermediateResults has no effect here.')
  if (builtin !== undefined) return present({ name: builtin, classArgs: classArgs ?? undefined })
  const file = typeof classFileName === 'string' ? `${classFileName.replace(/\.py$/, '')}.` : ''
  return present({
    className: `${file}${String(className ?? '')}`,
    codeDirectory: codeDir,
    classArgs: classArgs ?? undefined,
  })
}
