import type { Client } from '@secxops/client/client'
import type { RouteOutput } from '@secxops/protocol/api'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { ServerEvent } from '@secxops/protocol/events'
import type { ExperimentDetail, ExperimentSummary, Trial } from '@secxops/protocol/experiments'
import { errorBody } from '../../ui/error-body.ts'
import { Follower } from './follower.ts'
import { MetricTable } from './metric-table.ts'
import { TrialList } from './trial-list.ts'

/** Read at once; more are read right after. */
const TRIALS = 20_000
const METRICS = 200_000

export type Topic = 'detail' | 'trials' | 'metrics' | 'reports'
export type Reports = RouteOutput<'experiments.reports'>['reports']

/**
 * An experiment as a page knows it, kept up to date: events say how far its trials, metrics and reports go, and what is after the part that
 * is known is read. Metrics and reports are read once somebody wants them. When the connection was lost all is read afresh.
 */
export class ExperimentStore {
  detail: ExperimentDetail | undefined
  /** When `detail.duration` was true, milliseconds since the epoch. */
  detailAt = 0
  /** Of the newest read that failed; gone after one that did not. */
  error: ErrorBody | undefined
  gone = false
  trials = new TrialList()
  /** False until the first trials are read. */
  trialsKnown = false
  metrics = new MetricTable()
  metricsKnown = false
  reports: Reports = []

  readonly id: string
  #client: Client
  #listeners = new Set<() => void>()
  #versions: Record<Topic, number> = { detail: 0, trials: 0, metrics: 0, reports: 0 }
  #wanted = { metrics: false, reports: false }
  #read = { change: 0, metricRow: 0, reportRow: 0 }
  #afresh = { trials: false, metrics: false, reports: false }
  #detail: Follower
  #trials: Follower
  #metrics: Follower
  #reports: Follower

  constructor(client: Client, id: string) {
    this.#client = client
    this.id = id
    const failed = (error: unknown): void => {
      this.error = errorBody(error)
      this.#changed('detail')
    }
    this.#detail = new Follower((signal) => this.#readDetail(signal), failed)
    this.#trials = new Follower((signal) => this.#readTrials(signal), failed)
    this.#metrics = new Follower((signal) => this.#readMetrics(signal), failed)
    this.#reports = new Follower((signal) => this.#readReports(signal), failed)
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  version(topic: Topic): number {
    return this.#versions[topic]
  }

  /** Begins to read and to follow; answers how to end that. */
  open(): () => void {
    const stop = this.#client.subscribe({
      event: (event) => this.#onEvent(event),
      connection: (_, fresh) => fresh && this.refresh(),
    })
    this.#detail.follow()
    this.#trials.follow()
    return () => {
      stop()
      for (const follower of [this.#detail, this.#trials, this.#metrics, this.#reports]) follower.stop()
    }
  }

  /** From now on metrics or reports are read, too. */
  want(what: 'metrics' | 'reports'): void {
    if (this.#wanted[what]) return
    this.#wanted[what] = true
    if (what === 'metrics') this.#metrics.follow()
    else this.#reports.follow()
  }

  /** Reads all again; what is known stays until then. */
  refresh(): void {
    this.#read = { change: 0, metricRow: 0, reportRow: 0 }
    this.#afresh = { trials: true, metrics: true, reports: true }
    for (const follower of [this.#detail, this.#trials]) {
      follower.stop()
      follower.follow()
    }
    this.#metrics.stop()
    this.#reports.stop()
    if (this.#wanted.metrics) this.#metrics.follow()
    if (this.#wanted.reports) this.#reports.follow()
  }

  /** Reads the detail again, after a call that changed the experiment: its own answer may be older than an event that came meanwhile. */
  reread(): void {
    this.#detail.follow()
  }

  /** Takes a trial that was just made; its later states come by events. */
  addTrial(trial: Trial): void {
    if (this.trials.get(trial.number)) return
    this.trials.take([trial])
    this.#changed('trials')
  }

  #onEvent(event: ServerEvent): void {
    if (event.type !== 'experiment' || event.experiment.id !== this.id) return
    if (event.gone) {
      this.gone = true
      this.#changed('detail')
      return
    }
    const old = this.detail
    const next = event.experiment
    if (old) {
      // The rest of the detail changes only with these.
      const asBefore = old.state === next.state && old.trials.limit === next.trials.limit
      this.detail = { ...old, ...next }
      this.#changed('detail')
      // What is being read may be older than this event.
      if (!asBefore || this.#detail.busy) this.#detail.follow()
    }
    this.#followAfter(next)
  }

  #followAfter(known: ExperimentSummary): void {
    if (known.change > this.#read.change) this.#trials.follow()
    if (this.#wanted.metrics && known.metricRow > this.#read.metricRow) this.#metrics.follow()
    if (this.#wanted.reports && known.reportRow > this.#read.reportRow) this.#reports.follow()
  }

  async #readDetail(signal: AbortSignal): Promise<boolean> {
    const detail = await this.#client.call('experiments.get', { params: { id: this.id } }, { signal })
    if (signal.aborted) return false
    this.detail = detail
    this.detailAt = Date.now()
    this.error = undefined
    this.#changed('detail')
    this.#followAfter(detail)
    return false
  }

  async #readTrials(signal: AbortSignal): Promise<boolean> {
    const query = { after: this.#read.change, limit: TRIALS }
    const answer = await this.#client.call('experiments.trials', { params: { id: this.id }, query }, { signal })
    if (signal.aborted) return false
    if (this.#afresh.trials) this.trials = new TrialList()
    this.#afresh.trials = false
    this.trials.take(answer.trials)
    this.trialsKnown = true
    this.#read.change = answer.change
    this.#changed('trials')
    return !answer.complete && answer.trials.length > 0
  }

  async #readMetrics(signal: AbortSignal): Promise<boolean> {
    const query = { after: this.#read.metricRow, limit: METRICS }
    const answer = await this.#client.call('experiments.metrics', { params: { id: this.id }, query }, { signal })
    if (signal.aborted) return false
    if (this.#afresh.metrics) this.metrics = new MetricTable()
    this.#afresh.metrics = false
    this.metrics.take(answer)
    this.metricsKnown = true
    this.#read.metricRow = answer.row
    this.#changed('metrics')
    return !answer.complete && answer.trial.length > 0
  }

  async #readReports(signal: AbortSignal): Promise<boolean> {
    const query = { after: this.#read.reportRow }
    const answer = await this.#client.call('experiments.reports', { params: { id: this.id }, query }, { signal })
    if (signal.aborted) return false
    this.reports = this.#afresh.reports ? answer.reports : [...this.reports, ...answer.reports]
    this.#afresh.reports = false
    this.#read.reportRow = answer.row
    this.#changed('reports')
    return false
  }

  #changed(topic: Topic): void {
    this.#versions[topic]++
    for (const listener of [...this.#listeners]) listener()
  }
}
