import type { MetricColumns } from '@secxops/protocol/experiments'

/** Values of one metric of one trial by rising step. */
export interface Curve {
  trial: number
  steps: Float64Array
  values: Float64Array
}

/** All metrics of an experiment in columns; the rows of one curve are chained from the newest back. */
export class MetricTable {
  /** Names of the metrics in the order of their first report. */
  names: string[] = []
  /** Number of rows. */
  size = 0
  #step = new Float64Array(1024)
  #value = new Float64Array(1024)
  #time = new Float64Array(1024)
  /** Row before it of the same curve, −1 where it is the first. */
  #before = new Int32Array(1024)
  /** Newest row of each curve and how many there are, by name and trial. */
  #newest: Map<number, { row: number; count: number }>[] = []

  take(columns: MetricColumns): void {
    this.#reserve(this.size + columns.trial.length)
    const names = columns.names.map((name) => this.#nameOf(name))
    for (const [index, trial] of columns.trial.entries()) {
      const curves = this.#newest[names[columns.name[index] ?? 0] ?? 0]
      if (!curves) continue
      const row = this.size++
      const last = curves.get(trial)
      this.#step[row] = columns.step[index] ?? 0
      this.#value[row] = columns.value[index] ?? Number.NaN
      this.#time[row] = columns.time[index] ?? 0
      this.#before[row] = last ? last.row : -1
      curves.set(trial, { row, count: (last?.count ?? 0) + 1 })
    }
  }

  /** Numbers of the trials that reported a metric. */
  trials(name: string): number[] {
    return [...(this.#newest[this.names.indexOf(name)]?.keys() ?? [])]
  }

  /** A step that was reported again has its newest value; what is not finite is left out. */
  curve(name: string, trial: number): Curve | undefined {
    const chain = this.#newest[this.names.indexOf(name)]?.get(trial)
    if (!chain) return undefined
    const steps = new Float64Array(chain.count)
    const values = new Float64Array(chain.count)
    let sorted = true
    for (let row = chain.row, at = chain.count - 1; row >= 0; row = this.#before[row] ?? -1, at--) {
      steps[at] = this.#step[row] ?? 0
      values[at] = this.#value[row] ?? Number.NaN
      if (at + 1 < chain.count && !((steps[at] ?? 0) < (steps[at + 1] ?? 0))) sorted = false
    }
    if (sorted && values.every(Number.isFinite)) return { trial, steps, values }
    const newest = new Map<number, number>()
    for (const [at, step] of steps.entries()) {
      const value = values[at] ?? Number.NaN
      if (Number.isFinite(value)) newest.set(step, value)
    }
    const order = [...newest].sort((a, b) => a[0] - b[0])
    return { trial, steps: Float64Array.from(order, ([step]) => step), values: Float64Array.from(order, ([, v]) => v) }
  }

  /** Milliseconds since the epoch of a trial's newest report; undefined where it reported nothing under the name. */
  newestAt(name: string, trial: number): number | undefined {
    const chain = this.#newest[this.names.indexOf(name)]?.get(trial)
    return chain && this.#time[chain.row]
  }

  #nameOf(name: string): number {
    const known = this.names.indexOf(name)
    if (known >= 0) return known
    this.names = [...this.names, name]
    this.#newest.push(new Map())
    return this.names.length - 1
  }

  #reserve(rows: number): void {
    if (rows <= this.#step.length) return
    const size = Math.max(rows, this.#step.length * 2)
    const grown = <T extends Float64Array | Int32Array>(next: T, old: T): T => {
      next.set(old)
      return next
    }
    this.#step = grown(new Float64Array(size), this.#step)
    this.#value = grown(new Float64Array(size), this.#value)
    this.#time = grown(new Float64Array(size), this.#time)
    this.#before = grown(new Int32Array(size), this.#before)
  }
}
