import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { TrialParameters } from '@secxops/protocol/experiments'
import type { Runner } from '../../runners/runner.ts'
import { bodyOf } from '../../runs/outcome.ts'
import { later, timeLeft } from '../runner-engine/limits.ts'
import type { MetricLine } from '../runner-engine/metric-tail.ts'
import { EXPERIMENT_MARK } from '../runner-engine/trial-environment.ts'
import { type TrialEnd, TrialRun } from '../runner-engine/trial-run.ts'
import type { TrialSource } from '../runner-engine/trial-source.ts'
import { verdictOf } from '../runner-engine/verdict.ts'
import type { ExperimentEnd, ExperimentJournal, RunningExperiment } from '../services.ts'
import { toldFile } from './nas-spec.ts'
import { ToldTail } from './told-tail.ts'

/** Milliseconds between two looks at what the search has written. */
const LOOK = 100

/** A search that is one process. Started again after a stop, it is a new trial, which goes on from the last epoch of the one before. */
export class OneShotSearch implements RunningExperiment {
  readonly #ended = Promise.withResolvers<ExperimentEnd>()
  readonly #journal: ExperimentJournal
  readonly #needs: { runner: Runner; source: TrialSource }
  readonly #closing = new AbortController()
  readonly #began = Date.now()
  /** Reports of the same content are the same report: a backend that takes over reads them once more. */
  readonly #reported: Set<string>
  readonly #number: number
  readonly #run: TrialRun
  readonly #told: ToldTail
  readonly #adopts: boolean
  readonly #looking: NodeJS.Timeout
  #deadline: NodeJS.Timeout | undefined
  #final: number | undefined
  #points = 0
  #because: 'user' | 'limit' | undefined
  #closed = false

  constructor(journal: ExperimentJournal, needs: { runner: Runner; source: TrialSource }) {
    this.#journal = journal
    this.#needs = needs
    this.#reported = new Set(journal.reports().map((report) => JSON.stringify(report)))
    const last = journal.trials().at(-1)
    this.#adopts = last?.state === 'running'
    this.#number = this.#adopts && last ? last.number : (last?.number ?? 0) + 1
    const { record } = journal
    const directory = join(record.directory, 'trials', String(this.#number))
    const known = this.#adopts ? journal.metricsOf(this.#number) : []
    this.#points = known.filter(({ name }) => name === record.objective.metric).length
    this.#told = new ToldTail(toldFile(directory))
    const place = { experiment: record.id, number: this.#number, directory }
    this.#run = new TrialRun(place, parametersOf(record.settings), known.length, needs, {
      started: () => this.#started(last?.startedAt),
      metrics: (lines) => this.#metrics(lines),
      ended: (end) => void this.#end(end),
    })
    this.#looking = setInterval(() => this.#look(), LOOK)
    void this.#begin()
  }

  get ended(): Promise<ExperimentEnd> {
    return this.#ended.promise
  }

  stop(): void {
    this.#ask('user')
  }

  async stopTrial(number: number): Promise<void> {
    if (number !== this.#number) throw new SecxopsError({ code: 'conflict', message: `Trial ${number} does not run.` })
    this.#ask('user')
  }

  async addTrial(): Promise<number> {
    throw new SecxopsError({
      code: 'bad-request',
      message: 'A one-shot search trains all architectures at once: there is no trial to add.',
    })
  }

  async edit(): Promise<void> {
    this.#limitTime()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#closing.abort(new Error('SecXOps is closing'))
    this.#run.close()
    this.#stopTimers()
  }

  async #begin(): Promise<void> {
    const journal = this.#journal
    const signal = this.#closing.signal
    const number = this.#number
    const progress = (line: string): void => {
      if (!this.#because) journal.state('preparing', line)
    }
    if (!this.#adopts) journal.state('preparing')
    const ready = this.#needs.source.prepare({ signal, progress })
    try {
      // What runs already is taken up at once; anything else needs its environment first.
      if (!this.#adopts) await ready
      if (this.#closed) return
      journal.trial({ number, state: 'running', source: 'tuner', parameters: this.#run.parameters })
      const durable = journal.durable()
      await this.#run.begin(this.#adopts ? durable.then(() => ready) : durable, this.#adopts)
    } catch (error) {
      if (this.#closed) return
      this.#finish(this.#because ? { state: 'stopped' } : { state: 'failed', error: bodyOf(error) })
    }
    // Its failure is told where it is needed.
    ready.catch(() => undefined)
  }

  #started(before: string | undefined): void {
    const startedAt = (this.#adopts ? before : undefined) ?? new Date().toISOString()
    this.#journal.trial({ number: this.#number, startedAt })
    this.#journal.state('running')
    this.#limitTime()
    if (this.#because) this.#run.stop()
  }

  #look(): void {
    this.#run.look()
    for (const line of this.#told.read()) {
      if (line.kind === 'state') this.#journal.state('running', line.detail)
      if (line.kind !== 'report') continue
      const report = line.report.kind === 'architecture' ? { ...line.report, trial: this.#number } : line.report
      const text = JSON.stringify(report)
      if (this.#reported.has(text)) continue
      this.#reported.add(text)
      this.#journal.report(report)
    }
  }

  #metrics(lines: MetricLine[]): void {
    const { metric } = this.#journal.record.objective
    for (const { name, value, step, time, final } of lines) {
      if (final && name === metric) this.#final = value
      if (final) continue
      this.#journal.metric({ trial: this.#number, name, step: step ?? this.#points, value, time })
      if (name === metric) this.#points++
    }
  }

  async #end(end: TrialEnd): Promise<void> {
    if (this.#closed) return
    this.#look()
    const final = this.#final
    const { metric } = this.#journal.record.objective
    const { state, error } = verdictOf(end, { because: this.#because, final, metric })
    const kept = final !== undefined && Number.isFinite(final) ? { final } : {}
    this.#journal.trial({ number: this.#number, state, error, endedAt: new Date().toISOString(), ...kept })
    await this.#needs.runner.sweep(EXPERIMENT_MARK, this.#journal.record.id, 0)
    if (state === 'succeeded') this.#finish({ state: 'done', detail: 'the best architecture is trained' })
    else if (this.#because === 'limit')
      this.#finish({ state: 'done', detail: 'the time limit was reached before the search was over' })
    else if (this.#because) this.#finish({ state: 'stopped' })
    else
      this.#finish({
        state: 'failed',
        error: error ?? { code: 'command-failed', message: 'The search ended without saying why.' },
      })
  }

  #ask(because: 'user' | 'limit'): void {
    this.#because ??= because
    // An environment that is still being made is given up.
    this.#closing.abort(new Error('the experiment ends'))
    this.#run.stop()
  }

  #limitTime(): void {
    clearTimeout(this.#deadline)
    const left = timeLeft(this.#journal.record, this.#began)
    if (Number.isFinite(left)) this.#deadline = later(left, () => this.#ask('limit'))
  }

  #finish(end: ExperimentEnd): void {
    this.#stopTimers()
    if (!this.#closed) this.#ended.resolve(end)
  }

  #stopTimers(): void {
    clearInterval(this.#looking)
    clearTimeout(this.#deadline)
  }
}

/** What the one trial of a search is told apart by. */
const parametersOf = ({ strategy = '', strategyArgs }: Record<string, unknown>): TrialParameters => ({
  strategy: String(strategy),
  ...(strategyArgs as TrialParameters | undefined),
})
