import type { Trial } from '@secxops/protocol/experiments'
import { isMap, type Json } from '@secxops/protocol/json'

/** Half-way values of one trial, in their order. */
export interface Curve {
  number: number
  values: number[]
}

/** An assessor as it stands in NNI's settings. */
export interface Assessor {
  name: string
  args: Record<string, Json>
}

type Stopped = NonNullable<Trial['stopped']>

export function assessorOf(settings: Record<string, Json>): Assessor | undefined {
  const { assessor } = settings
  if (!isMap(assessor)) return undefined
  const name = assessor.name ?? assessor.className
  return typeof name === 'string' ? { name, args: isMap(assessor.classArgs) ? assessor.classArgs : {} } : undefined
}

/** More trials than these behind a number are not listed. */
const LISTED = 100

/**
 * Works out why an assessor ended a trial: NNI says only that it did. It is told of trials as they succeed, so that what it knows at the time
 * of a stop is what the assessor knew.
 */
export class StopReasons {
  readonly #assessor: Assessor
  /** For each step the running averages there of the trials that succeeded, ascending. */
  readonly #averages: { value: number; number: number }[][] = []
  #best: { value: number; number: number } | undefined

  constructor(assessor: Assessor) {
    this.#assessor = assessor
  }

  succeeded({ number, values }: Curve): void {
    let sum = 0
    for (const [step, value] of values.entries()) {
      sum += value
      const average = sum / (step + 1)
      const sorted = this.#averages[step] ?? []
      this.#averages[step] = sorted
      sorted.splice(place(sorted, average), 0, { value: average, number })
    }
    const last = values.at(-1)
    if (last !== undefined && !(this.#best && this.#best.value >= last)) this.#best = { value: last, number }
  }

  /** `predicted`: final value that Curvefitting foresaw, where its log tells. */
  explain({ values }: Curve, predicted: number | undefined): Stopped {
    const { name } = this.#assessor
    const last = { rule: name, step: Math.max(0, values.length - 1), value: values.at(-1) ?? Number.NaN }
    if (/^medianstop$/i.test(name)) return { ...last, ...this.#median(values) }
    if (/^curvefitting$/i.test(name)) return { ...last, ...this.#foreseen(predicted) }
    return last
  }

  /** Medianstop: the best value so far is worse than the median of the running averages of those that succeeded. */
  #median(values: number[]): Partial<Stopped> {
    const { args } = this.#assessor
    const lower = args.optimize_mode === 'minimize'
    const start = typeof args.start_step === 'number' ? args.start_step : 0
    const best = bestSoFar(values, lower)
    let found: Partial<Stopped> = {}
    // Values that came after the one for which it was stopped are the last few.
    for (let step = values.length - 1; step >= 0 && step + 1 >= start; step--) {
      const sorted = this.#averages[step] ?? []
      const middle = sorted[lower ? Math.floor(sorted.length / 2) : Math.floor((sorted.length - 1) / 2)]
      const value = best[step] ?? Number.NaN
      if (middle && (lower ? value > middle.value : value < middle.value)) {
        const behind = sorted.length > LISTED ? [middle] : sorted
        const trials = behind.map(({ number }) => number).sort((a, b) => a - b)
        found = { step, value, limit: middle.value, trials }
      } else if (found.limit !== undefined) break
    }
    return found
  }

  /** Curvefitting: the foreseen final value is not above the best last value of those that succeeded, times the threshold. */
  #foreseen(predicted: number | undefined): Partial<Stopped> {
    const { threshold } = this.#assessor.args
    const factor = typeof threshold === 'number' ? threshold : 0.95
    return {
      ...(predicted === undefined ? {} : { value: predicted }),
      ...(this.#best ? { limit: this.#best.value * factor, trials: [this.#best.number] } : {}),
    }
  }
}

function bestSoFar(values: number[], lower: boolean): number[] {
  let best = lower ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  return values.map((value) => {
    best = lower ? Math.min(best, value) : Math.max(best, value)
    return best
  })
}

/** Where a value belongs in an ascending list. */
function place(sorted: readonly { value: number }[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.value ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
