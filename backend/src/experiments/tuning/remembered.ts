import type { Trial, TrialParameters } from '@secxops/protocol/experiments'
import { isMap, type Json } from '@secxops/protocol/json'
import type { ExperimentJournal } from '../services.ts'
import type { TunerResult, TunerStart } from './tuner-process.ts'

/** Tuners whose proposals depend on nothing but how many there were: an earlier process's are drawn again and left out. */
const BY_COUNT = /^(gridsearch|batch(tuner)?)$/i

/** What a new tuner process must know of the trials there are. `drawn`: proposals that it repeats first. */
export function remembered(journal: ExperimentJournal): {
  start: TunerStart
  results: { parameters: TrialParameters; value: TunerResult }[]
  drawn: number
} {
  const { tuner = null, assessor, searchSpace = {} } = journal.record.settings
  const trials = journal.trials()
  const curves = assessor ? journal.curves() : new Map<number, number[]>()
  const curvesOf = (state: Trial['state']) =>
    trials
      .filter((trial) => trial.state === state && curves.has(trial.number))
      .sort((a, b) => (a.endedAt ?? '').localeCompare(b.endedAt ?? ''))
      .map(({ number }) => ({ trial: String(number), values: curves.get(number) ?? [] }))
  const byCount = repeats(tuner)
  return {
    start: { tuner, assessor, searchSpace, history: curvesOf('succeeded'), running: curvesOf('running') },
    results: byCount
      ? []
      : trials.flatMap((trial) => {
          const value = trial.state === 'succeeded' ? resultOf(trial) : undefined
          return value === undefined ? [] : [{ parameters: trial.parameters, value }]
        }),
    drawn: byCount ? trials.filter(({ source }) => source === 'tuner').length : 0,
  }
}

/** The result as NNI has it: further numbers stand beside `default`. */
export function resultOf({ final, finals }: Pick<Trial, 'final' | 'finals'>): TunerResult | undefined {
  if (final === undefined) return undefined
  return finals && Object.keys(finals).length > 0 ? { ...finals, default: final } : final
}

function repeats(tuner: Json): boolean {
  if (!isMap(tuner) || typeof tuner.name !== 'string') return false
  const seeded = isMap(tuner.classArgs) && typeof tuner.classArgs.seed === 'number'
  return BY_COUNT.test(tuner.name) || (tuner.name.toLowerCase() === 'random' && seeded)
}
