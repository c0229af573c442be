import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Bench } from './bench.ts'
import { until } from './until.ts'

/** The search of the backend that is killed: its first trials wait at a gate. */
export async function startCrashing(bench: Bench): Promise<string> {
  const searchSpace = { x: { _type: 'uniform', _value: [0, 1] }, gate: choice('crash'), steps: choice(2) }
  const id = await bench.start({ searchSpace, trialConcurrency: 2, maxTrialNumber: 4 })
  await bench.until(
    id,
    (trials) => trials.filter(({ state, reports }) => state === 'running' && reports === 2).length === 2,
  )
  await until(() => existsSync(join(bench.project, 'at-crash')))
  return id
}

const choice = (value: string | number) => ({ _type: 'choice', _value: [value] })
