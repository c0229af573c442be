import { isMap, type Json } from '@secxops/protocol/json'
import { durationSeconds } from '../files/compile-search.ts'
import type { ExperimentSpec } from '../records/experiment.ts'
import type { Profile } from './database.ts'

/** An experiment of ours for one of NNI that is only looked at; older schemas have other names for some settings. */
export function specOf({ params }: Profile, { path, name }: { path: string; name: string }): ExperimentSpec {
  const tuner = isMap(params.tuner) ? params.tuner : isMap(params.advisor) ? params.advisor : {}
  const method = text(tuner.name) ?? text(tuner.className) ?? text(tuner.builtinTunerName) ?? 'NNI'
  const args = isMap(tuner.classArgs) ? tuner.classArgs : {}
  const mode = args.optimize_mode
  const minimizes = mode === undefined ? /^(tpe|anneal|tpe_legacy)$/i.test(method) : mode === 'minimize'
  const settings: Record<string, Json> = { ...params }
  for (const key of ['maxExperimentDuration', 'maxTrialDuration']) {
    const seconds = secondsOf(params[key])
    if (seconds === undefined) delete settings[key]
    else settings[key] = seconds
  }
  const space = spaceOf(params.searchSpace)
  if (space) settings.searchSpace = space
  else delete settings.searchSpace
  const command = text(params.trialCommand)
  return {
    name: text(params.experimentName) ?? name,
    kind: 'hpo',
    engine: 'file',
    path,
    text: JSON.stringify(params, null, 2),
    file: {
      apiVersion: 'secxops/v1',
      kind: 'Experiment',
      ...(command ? { code: { command } } : {}),
      nni: {},
    },
    settings,
    objective: { metric: 'default', direction: minimizes ? 'minimize' : 'maximize' },
    method,
  }
}

const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

function secondsOf(value: Json | undefined): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const seconds = durationSeconds(value)
  return seconds !== undefined && Number.isFinite(seconds) ? seconds : undefined
}

/** Before NNI 2.4 it was JSON in a text. */
function spaceOf(value: Json | undefined): Record<string, Json> | undefined {
  if (typeof value !== 'string') return isMap(value) ? value : undefined
  try {
    const space: unknown = JSON.parse(value)
    return isMap(space) ? space : undefined
  } catch {
    return undefined
  }
}
