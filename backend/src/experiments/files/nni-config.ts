import { basename } from 'node:path'
import { ExperimentFile } from '@secxops/protocol/experiment-file'
import { NNI_KEYS } from '@secxops/protocol/experiment-style'
import { isMap, type Json } from '@secxops/protocol/json'
import { suggestion } from '@secxops/protocol/suggest'
import { toName } from '@secxops/protocol/to-name'
import { readYaml } from '@secxops/protocol/yaml-read'
import { fromFirstSchema, isFirstSchema } from './nni-first-schema.ts'
import { present } from './present.ts'
import { ProblemList } from './problem-list.ts'

/** Keys without a meaning here, and why. */
const WITHOUT_EFFECT: Record<string, string> = {
  nniManagerIp: 'trials run on this machine and talk to SecXOps by files',
  debug: 'what would be printed is in the logs of the experiment',
  logLevel: 'what would be printed is in the logs of the experiment',
  experimentWorkingDirectory: 'SecXOps keeps the experiment in its own home',
  tunerGpuIndices: 'the tuner works on the processor',
}

const REFUSED: Record<string, string> = {
  sharedStorage: 'Storage shared between machines is for trials elsewhere; here trials run on this machine. Remove it.',
}

const LOCAL_WITHOUT_EFFECT: Record<string, string> = {
  useActiveGpu: 'GPUs are not looked after: trialGpuNumber alone counts',
  maxTrialNumberPerGpu: 'GPUs are not shared out: trialConcurrency alone counts',
  gpuIndices: 'choose GPUs by CUDA_VISIBLE_DEVICES in the command',
  reuseMode: 'every trial is a process of its own',
  trialCommand: 'the one of the experiment counts',
  trialCodeDirectory: 'the one of the experiment counts',
  trialGpuNumber: 'the one of the experiment counts',
  debug: 'what would be printed is in the logs of the experiment',
}

/**
 * Reads NNI's own `config.yml` (schema v2, or v1 as old projects have it) as an experiment of ours. What cannot be done here is an error
 * in words; what has no effect is a warning. Paths stay relative to the folder of `path`.
 */
export function fromNniConfig(text: string, path: string): { file?: ExperimentFile; list: ProblemList } {
  const { tree, problems } = readYaml(text)
  const list = new ProblemList(path, tree)
  if (!tree) {
    list.add(problems.map((one) => ({ ...one, where: { ...one.where, path } })))
    return { list }
  }
  if (!isMap(tree.value)) {
    list.error([], `${basename(path)} is no configuration of an experiment: expected lines of "key: value".`)
    return { list }
  }
  const value = isFirstSchema(tree.value) ? fromFirstSchema(tree.value, list) : tree.value
  const nni = settingsOf(value, list)
  for (const key of ['trialCommand', 'trialConcurrency'])
    if (value[key] === undefined) list.error([key], `${key} is missing; NNI cannot do without it.`)
  if (!list.sound) return { list }
  const result = ExperimentFile.safeParse({
    apiVersion: 'secxops/v1',
    kind: 'Experiment',
    name: nameOf(value.experimentName, path),
    code: { command: value.trialCommand, ...present({ directory: value.trialCodeDirectory ?? undefined }) },
    nni,
  })
  if (result.success) return { file: result.data, list }
  for (const { path: steps, message } of result.error.issues) {
    const field = steps.filter((step) => typeof step !== 'symbol')
    const own = field[0] === 'nni' ? field.slice(1) : field[0] === 'code' ? ['trialCommand'] : field
    list.error(own, `${own.join('.')}: ${message}.`)
  }
  return { list }
}

function settingsOf(value: Record<string, Json>, list: ProblemList): Record<string, Json> {
  const nni: Record<string, Json> = {}
  for (const [key, item] of Object.entries(value)) {
    if (item === null) continue
    if (key === 'tuner' || key === 'assessor') nni[key] = withoutNulls(item)
    else if (NNI_KEYS.includes(key)) nni[key] = item
    else if (Object.hasOwn(WITHOUT_EFFECT, key)) list.warn([key], `${key} has no effect here: ${WITHOUT_EFFECT[key]}.`)
    else if (Object.hasOwn(REFUSED, key)) list.error([key], `${key}: ${REFUSED[key]}`)
    else if (key === 'advisor') {
      if (value.tuner) list.error([key], 'tuner and advisor cannot both be there. Remove one of them.')
      else nni.tuner = withoutNulls(item)
    } else if (key === 'trainingService') checkService(item, list)
    else if (key === 'useAnnotation') {
      if (item === true)
        list.error(
          [key],
          'Annotations in comments were removed in NNI 3. Write a search space instead, and remove this line.',
        )
    } else if (!KNOWN.has(key))
      list.error(
        [key],
        `${key} is not known to NNI.${suggestion(key, [...NNI_KEYS, ...KNOWN, 'trainingService', 'advisor'])}`,
      )
  }
  return nni
}

const KNOWN = new Set(['experimentName', 'trialCommand', 'trialCodeDirectory', 'experimentType'])

function checkService(service: Json, list: ProblemList): void {
  if (Array.isArray(service)) {
    list.error(
      ['trainingService'],
      'Trials on several kinds of machines at once are not supported. Keep platform: local.',
    )
    return
  }
  if (!isMap(service)) {
    list.error(['trainingService'], 'trainingService: expected a map with platform: local.')
    return
  }
  if (service.platform !== 'local') {
    const words =
      service.platform === undefined ? 'platform is missing' : `${String(service.platform)} is not supported`
    list.error(['trainingService', 'platform'], `${words}: trials run on this machine. Write platform: local.`)
    return
  }
  for (const [key, item] of Object.entries(service)) {
    if (key === 'platform' || item === null || item === false) continue
    const why = LOCAL_WITHOUT_EFFECT[key]
    if (why) list.warn(['trainingService', key], `${key} has no effect here: ${why}.`)
    else
      list.error(
        ['trainingService', key],
        `${key} is not known to NNI's local service.${suggestion(key, Object.keys(LOCAL_WITHOUT_EFFECT))}`,
      )
  }
}

function nameOf(name: Json | undefined, path: string): string {
  return toName(typeof name === 'string' ? name : basename(path).replace(/\.ya?ml$/i, ''), 'experiment')
}

const withoutNulls = (item: Json): Json =>
  isMap(item) ? Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null)) : item
