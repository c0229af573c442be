import type { ExperimentReport, Trial } from '@secxops/protocol/experiments'
import type { Store } from '../../services.ts'
import type { ExperimentJournal, ExperimentRecord, MetricNews, TrialNews } from '../services.ts'
import { activeTime, directoryOf, type ExperimentHead, type StoredExperiment } from './experiment.ts'
import { updateHead, updateSpec } from './experiment-table.ts'
import { appendMetrics, eachMetric, type MetricRow } from './metric-blocks.ts'
import { insertReport, reportsAfter } from './report-table.ts'
import { allTrials, putTrial } from './trial-table.ts'

const unkept = (error: unknown): void => console.error('news of an experiment could not be kept', error)

/** Milliseconds that news wait for more of it, so that they share a commit. */
const GATHER = 25

/** What was told and is not written yet. */
interface Pending {
  /** Numbers of trials. */
  changed: Set<number>
  metrics: MetricRow[]
  reports: { at: string; report: ExperimentReport }[]
}

/**
 * Journal of one active experiment. News are put together in memory and written in one transaction with the head, so that numbers of
 * changes and what they stand for are always of one piece.
 */
export class Journal implements ExperimentJournal {
  readonly record: ExperimentRecord
  readonly #store: Store
  readonly #experiment: StoredExperiment
  readonly #trials: Map<number, Trial>
  /** Told after each commit. */
  readonly #committed: () => void
  #pending: Pending = { changed: new Set(), metrics: [], reports: [] }
  #dirty = false
  #timer: NodeJS.Timeout | undefined
  /** The write that goes on, one after the other; never rejects. */
  #writing: Promise<void> = Promise.resolve()

  constructor(store: Store, experiment: StoredExperiment, experiments: string, committed: () => void) {
    this.#store = store
    this.#experiment = experiment
    this.#committed = committed
    const { id, spec, head } = experiment
    this.#trials = new Map(allTrials(store.db, id).map((trial) => [trial.number, trial]))
    this.record = {
      id,
      name: spec.name,
      path: spec.path,
      file: spec.file,
      settings: spec.settings,
      objective: spec.objective,
      directory: directoryOf(experiments, id),
      duration: activeTime(head),
    }
  }

  get head(): Readonly<ExperimentHead> {
    return this.#experiment.head
  }

  trial(news: TrialNews): void {
    const { head } = this.#experiment
    const before = this.#trials.get(news.number)
    const known: Trial = before ?? {
      number: news.number,
      state: 'waiting',
      source: 'tuner',
      parameters: {},
      reports: 0,
    }
    const trial = { ...known, ...news }
    this.#trials.set(trial.number, trial)
    if (before) head.counts[before.state]--
    head.counts[trial.state]++
    this.#weigh(trial)
    this.#touch(trial.number)
  }

  metric({ trial: number, name, step, value, time }: MetricNews): void {
    const { names } = this.#experiment.head
    let index = names.indexOf(name)
    if (index < 0) index = names.push(name) - 1
    this.#pending.metrics.push([number, index, step, value, time])
    const trial = this.#trials.get(number)
    if (trial && name === this.record.objective.metric) {
      const last = Number.isFinite(value) ? value : trial.last
      this.#trials.set(number, { ...trial, reports: trial.reports + 1, last })
    }
    this.#touch(number)
  }

  report(report: ExperimentReport): void {
    this.#pending.reports.push({ at: new Date().toISOString(), report })
    this.#gather()
  }

  objective(metric: string): void {
    const { id, spec } = this.#experiment
    spec.objective = { ...spec.objective, metric }
    this.record.objective = spec.objective
    this.#store.write((db) => updateSpec(db, id, spec)).catch(unkept)
    this.#gather()
  }

  state(state: 'preparing' | 'running', detail?: string): void {
    const { head } = this.#experiment
    // What is being stopped stays so, whatever its engine still says of itself.
    if (head.state !== 'stopping') head.state = state
    head.detail = detail
    // Making ready is no search yet: it does not count against the limit of time.
    if (state === 'running') head.activeSince ??= Date.now()
    this.#gather()
  }

  /** Changes the head by more than an engine may. */
  settle(change: Partial<ExperimentHead>): void {
    Object.assign(this.#experiment.head, change)
    this.#gather()
  }

  /** The last change of the head: whoever sees it finds all that was told before it in the tables. Resolves when it is written or cannot be. */
  async end(change: Partial<ExperimentHead>): Promise<void> {
    await this.durable().catch(unkept)
    this.settle(change)
    await this.durable().catch(unkept)
  }

  /** Takes other settings; resolves when they are durable. */
  async edit(settings: ExperimentRecord['settings']): Promise<void> {
    const { id, spec } = this.#experiment
    spec.settings = settings
    this.record.settings = settings
    await this.#store.write((db) => updateSpec(db, id, spec))
    this.#committed()
  }

  durable(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const mine = this.#writing.then(() => (this.#dirty ? this.#write() : undefined))
    this.#writing = mine.catch(() => undefined)
    return mine
  }

  trials(): Trial[] {
    return [...this.#trials.values()].sort((a, b) => a.number - b.number)
  }

  /** How a trial stands, with what is not written yet. */
  trialOf(number: number): Trial | undefined {
    return this.#trials.get(number)
  }

  metricsOf(trial: number): MetricNews[] {
    const { id, head } = this.#experiment
    const found: MetricNews[] = []
    const add = (of: number, name: number, step: number, value: number, time: number): void => {
      if (of === trial) found.push({ trial, name: head.names[name] ?? '', step, value, time })
    }
    eachMetric(this.#store.db, id, 0, (_, ...row) => {
      add(...row)
      return true
    })
    for (const row of this.#pending.metrics) add(...row)
    return found
  }

  reports(): ExperimentReport[] {
    const kept = reportsAfter(this.#store.db, this.#experiment.id, 0)
    return [...kept, ...this.#pending.reports].map(({ report }) => report)
  }

  curves(): Map<number, number[]> {
    const { id, head, spec } = this.#experiment
    const objective = head.names.indexOf(spec.objective.metric)
    const curves = new Map<number, number[]>()
    const add = (trial: number, name: number, value: number): void => {
      if (name !== objective || !Number.isFinite(value)) return
      const curve = curves.get(trial)
      if (curve) curve.push(value)
      else curves.set(trial, [value])
    }
    eachMetric(this.#store.db, id, 0, (_, trial, name, _step, value) => {
      add(trial, name, value)
      return true
    })
    for (const [trial, name, , value] of this.#pending.metrics) add(trial, name, value)
    return curves
  }

  /** Takes a trial for the best one when its final value is better. */
  #weigh({ number, final, state }: Trial): void {
    const { head, spec } = this.#experiment
    if (final === undefined || state === 'failed') return
    const sign = spec.objective.direction === 'minimize' ? -1 : 1
    if (!head.best || sign * final > sign * head.best.value) head.best = { trial: number, value: final }
  }

  #touch(number: number): void {
    this.#pending.changed.add(number)
    this.#gather()
  }

  #gather(): void {
    this.#dirty = true
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.durable().catch(unkept)
    }, GATHER)
  }

  async #write(): Promise<void> {
    const { id, head } = this.#experiment
    const { change, metricRow, reportRow } = head
    let taken: Pending = { changed: new Set(), metrics: [], reports: [] }
    try {
      await this.#store.write((db) => {
        // Taken here, not before: the head counts all that was told until this very moment.
        taken = this.#pending
        this.#pending = { changed: new Set(), metrics: [], reports: [] }
        this.#dirty = false
        for (const number of taken.changed) {
          const trial = this.#trials.get(number)
          if (trial) putTrial(db, id, trial, ++head.change)
        }
        head.metricRow = appendMetrics(db, id, metricRow, taken.metrics)
        for (const report of taken.reports) insertReport(db, id, { row: ++head.reportRow, ...report })
        updateHead(db, id, head)
      })
    } catch (error) {
      // Nothing of it was written: it goes with the next.
      Object.assign(head, { change, metricRow, reportRow })
      const { changed, metrics, reports } = this.#pending
      this.#pending = {
        changed: new Set([...taken.changed, ...changed]),
        metrics: [...taken.metrics, ...metrics],
        reports: [...taken.reports, ...reports],
      }
      this.#dirty = true
      throw error
    }
    this.#committed()
  }
}
