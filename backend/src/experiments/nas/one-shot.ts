import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { TrialParameters } from '@secxops/protocol/experiments'
import type { Runner } from '../../runners/runner.ts'
import { type Because, HostProcess } from '../host/host-process.ts'
import { NewReports } from '../host/new-reports.ts'
import type { ToldLine } from '../host/told-tail.ts'
import { timeLeft } from '../runner-engine/limits.ts'
import type { MetricLine } from '../runner-engine/metric-tail.ts'
import type { TrialEnd } from '../runner-engine/trial-run.ts'
import type { TrialSource } from '../runner-engine/trial-source.ts'
import { verdictOf } from '../runner-engine/verdict.ts'
import type { ExperimentEnd, ExperimentJournal, RunningExperiment } from '../services.ts'

/** A search that is one process. Started again after a stop, it is a new trial, which goes on from the last epoch of the one before. */
export class OneShotSearch implements RunningExperiment {
  readonly #journal: ExperimentJournal
  readonly #began = Date.now()
  readonly #reports: NewReports
  readonly #number: number
  readonly #host: HostProcess
  #final: number | undefined
  #points = 0

  constructor(journal: ExperimentJournal, needs: { runner: Runner; source: TrialSource }) {
    this.#journal = journal
    this.#reports = new NewReports(journal)
    const last = journal.trials().at(-1)
    const adopts = last?.state === 'running'
    const number = adopts && last ? last.number : (last?.number ?? 0) + 1
    this.#number = number
    const { record } = journal
    const known = adopts ? journal.metricsOf(number) : []
    this.#points = known.filter(({ name }) => name === record.objective.metric).length
    const parameters = parametersOf(record.settings)
    this.#host = new HostProcess(journal, needs, {
      place: { experiment: record.id, number, directory: join(record.directory, 'trials', String(number)) },
      parameters,
      adopts,
      known: known.length,
      starting: () => journal.trial({ number, state: 'running', source: 'tuner', parameters }),
      started: () => this.#started(adopts ? last?.startedAt : undefined),
      told: (line) => this.#told(line),
      metrics: (lines) => this.#metrics(lines),
      over: (end, because) => this.#over(end, because),
    })
  }

  get ended(): Promise<ExperimentEnd> {
    return this.#host.ended
  }

  stop(): void {
    this.#host.stop('user')
  }

  async stopTrial(number: number): Promise<void> {
    if (number !== this.#number) throw new SecxopsError({ code: 'conflict', message: `Trial ${number} does not run.` })
    this.#host.stop('user')
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
    this.#host.close()
  }

  #started(before: string | undefined): void {
    this.#journal.trial({ number: this.#number, startedAt: before ?? new Date().toISOString() })
    this.#journal.state('running')
    this.#limitTime()
  }

  #told(line: ToldLine): void {
    if (line.kind === 'state') this.#journal.state('running', line.detail)
    if (line.kind !== 'report') return
    this.#reports.tell(line.report.kind === 'architecture' ? { ...line.report, trial: this.#number } : line.report)
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

  #over(end: TrialEnd, because: Because | undefined): ExperimentEnd {
    const final = this.#final
    const { metric } = this.#journal.record.objective
    const { state, error } = verdictOf(end, { because, final, metric })
    const kept = final !== undefined && Number.isFinite(final) ? { final } : {}
    this.#journal.trial({ number: this.#number, state, error, endedAt: new Date().toISOString(), ...kept })
    if (state === 'succeeded') return { state: 'done', detail: 'the best architecture is trained' }
    if (because === 'limit') return { state: 'done', detail: 'the time limit was reached before the search was over' }
    if (because) return { state: 'stopped' }
    return {
      state: 'failed',
      error: error ?? { code: 'command-failed', message: 'The search ended without saying why.' },
    }
  }

  #limitTime(): void {
    this.#host.endAfter(timeLeft(this.#journal.record, this.#began))
  }
}

/** What the one trial of a search is told apart by. */
const parametersOf = ({ strategy = '', strategyArgs }: Record<string, unknown>): TrialParameters => ({
  strategy: String(strategy),
  ...(strategyArgs as TrialParameters | undefined),
})
