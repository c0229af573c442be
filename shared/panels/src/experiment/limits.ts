import { ONE_SHOT_STRATEGIES } from '@secxops/protocol/experiment-choices'
import type { ExperimentDetail, ExperimentEdit } from '@secxops/protocol/experiments'
import { errorBody } from '../ui/error-body.ts'

/** Fields of an edit as they are typed. */
export type LimitTexts = Record<keyof ExperimentEdit, string>

const NUMBERS = ['trialConcurrency', 'maxTrialNumber', 'maxExperimentDuration'] as const
/** A limit of an experiment. */
export type Limit = (typeof NUMBERS)[number]

/** The limits that an experiment has: AutoML and a one-shot search are one process. */
export function limitsOf({ kind, settings }: Pick<ExperimentDetail, 'kind' | 'settings'>): readonly Limit[] {
  const isOne = kind === 'automl' || ONE_SHOT_STRATEGIES.some((one) => one === settings.strategy)
  return isOne ? ['maxExperimentDuration'] : NUMBERS
}

/** The limit that is reached, for which a resume was refused; undefined: it failed for another reason. */
export function reachedLimit(failure: unknown): Limit | undefined {
  const { code, where } = errorBody(failure)
  return code === 'conflict' ? NUMBERS.find((name) => name === where?.field) : undefined
}

const FACTORS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** Seconds of a duration as NNI writes it: a number, or `90s`, `15m`, `1h`, `2d`; undefined for anything else. */
export function secondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  const found = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(String(value ?? ''))
  return found ? Number(found[1]) * (FACTORS[found[2] ?? 's'] ?? 1) : undefined
}

/** A search space as JSON, one parameter a line. */
export function spaceText(space: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(space).map(([name, entry]) => `  ${JSON.stringify(name)}: ${JSON.stringify(entry)}`)
  return lines.length > 0 ? `{\n${lines.join(',\n')}\n}` : '{}'
}

/** What was changed against `first`, and the fields whose text says nothing lawful. An emptied field changes nothing. */
export function readEdit(
  first: LimitTexts,
  texts: LimitTexts,
): { edit: ExperimentEdit; wrong: Set<keyof ExperimentEdit> } {
  const edit: ExperimentEdit = {}
  const wrong = new Set<keyof ExperimentEdit>()
  const changed = (name: keyof ExperimentEdit): boolean => texts[name] !== first[name] && texts[name].trim() !== ''
  for (const name of ['trialConcurrency', 'maxTrialNumber'] as const) {
    if (!changed(name)) continue
    const value = Number(texts[name])
    if (Number.isInteger(value) && value >= 1) edit[name] = value
    else wrong.add(name)
  }
  if (changed('maxExperimentDuration')) {
    const value = secondsOf(texts.maxExperimentDuration.trim())
    if (value !== undefined && value > 0) edit.maxExperimentDuration = value
    else wrong.add('maxExperimentDuration')
  }
  if (changed('searchSpace')) {
    const space = objectOf(texts.searchSpace)
    if (space) edit.searchSpace = space
    else wrong.add('searchSpace')
  }
  return { edit, wrong }
}

function objectOf(text: string): NonNullable<ExperimentEdit['searchSpace']> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as NonNullable<ExperimentEdit['searchSpace']>)
      : undefined
  } catch {
    return undefined
  }
}
