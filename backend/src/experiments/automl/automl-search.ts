import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ExperimentEdit } from '@secxops/protocol/experiments'
import type { Runner } from '../../runners/runner.ts'
import { type Because, HostProcess } from '../host/host-process.ts'
import { NewReports } from '../host/new-reports.ts'
import type { ToldLine } from '../host/told-tail.ts'
import type { TrialEnd } from '../runner-engine/trial-run.ts'
import type { TrialSource } from '../runner-engine/trial-source.ts'
import type { ExperimentEnd, ExperimentJournal, RunningExperiment, TrialNews } from '../services.ts'

/** AutoML is one process; a trial is a model that it fitted. Started again after a stop, it takes what is fitted already. */
export class AutomlSearch implements RunningExperiment {
  readonly #journal: ExperimentJournal
  readonly #reports: NewReports
  /** Trials with a point of the objective. */
  readonly #scored: Set<number>
  readonly #directory: string
  readonly #host: HostProcess
  #begun = false

  constructor(journal: ExperimentJournal, needs: { runner: Runner; source: TrialSource }) {
    this.#journal = journal
    this.#reports = new NewReports(journal)
    this.#scored = new Set(journal.trials().flatMap(({ number, reports }) => (reports > 0 ? [number] : [])))
    const { record } = journal
    const { number, adopts } = nextStart(record.directory)
    this.#directory = join(record.directory, 'host', String(number))
    this.#host = new HostProcess(journal, needs, {
      place: { experiment: record.id, number, directory: this.#directory },
      parameters: {},
      adopts,
      known: 0,
      starting: () => undefined,
      started: () => undefined,
      told: (line) => this.#told(line),
      metrics: () => undefined,
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
    throw new SecxopsError({
      code: 'bad-request',
      message: `The models of AutoML are fitted by one process: model ${number} cannot be stopped alone. Stop the experiment; what is fitted is kept.`,
    })
  }

  async addTrial(): Promise<number> {
    throw new SecxopsError({
      code: 'bad-request',
      message: 'AutoML chooses its models itself: there is no trial to add. Name learners in the experiment file.',
    })
  }

  async edit(_edit: ExperimentEdit): Promise<void> {
    throw new SecxopsError({
      code: 'bad-request',
      message: 'The time of a fit cannot change while it goes on. Stop it and resume it with the new limit.',
    })
  }

  async close(): Promise<void> {
    this.#host.close()
  }

  #told(line: ToldLine): void {
    const journal = this.#journal
    if (line.kind === 'state') journal.state(this.#begun ? 'running' : 'preparing', line.detail)
    else if (line.kind === 'begun') {
      this.#begun = true
      // It ends by itself in time; where it does not, it is ended.
      this.#host.endAfter(Date.parse(line.until) - Date.now())
    } else if (line.kind === 'objective') {
      if (journal.record.objective.metric !== line.metric) journal.objective(line.metric)
    } else if (line.kind === 'trial') this.#trial(line.trial)
    else if (line.kind === 'report') this.#reports.tell(line.report)
  }

  #trial(news: TrialNews): void {
    const journal = this.#journal
    journal.trial({ source: 'tuner', ...(news.state === 'succeeded' && { error: undefined }), ...news })
    if (news.final === undefined || this.#scored.has(news.number)) return
    this.#scored.add(news.number)
    const { metric } = journal.record.objective
    const time = news.endedAt === undefined ? Date.now() : Date.parse(news.endedAt)
    journal.metric({ trial: news.number, name: metric, step: 0, value: news.final, time })
  }

  #over(end: TrialEnd, because: Because | undefined): ExperimentEnd {
    const journal = this.#journal
    const endedAt = new Date().toISOString()
    for (const { number, state } of journal.trials())
      if (state === 'running') journal.trial({ number, state: 'cancelled', endedAt })
    if (existsSync(this.#directory)) writeFileSync(join(this.#directory, OVER), '')
    if (end.well) return { state: 'done', detail: 'the best model is fitted' }
    if (because === 'user') return { state: 'stopped', detail: 'what was fitted is kept; resume goes on with it' }
    const found = journal.trials().some(({ state }) => state === 'succeeded')
    if (because === 'limit' && found)
      return { state: 'done', detail: 'the time limit was reached; the best so far is kept' }
    return {
      state: 'failed',
      error: end.error ?? {
        code: 'command-failed',
        message: 'AutoML was ended from outside. The models that were fitted are kept; resume goes on with them.',
      },
    }
  }
}

/** A file that is there once a process is over. */
const OVER = 'over'

/** Number of the process to start, or of the one that an earlier backend may have left running. */
function nextStart(directory: string): { number: number; adopts: boolean } {
  const host = join(directory, 'host')
  const last = existsSync(host) ? Math.max(0, ...readdirSync(host).map(Number).filter(Number.isInteger)) : 0
  const adopts = last > 0 && !existsSync(join(host, String(last), OVER))
  return { number: adopts ? last : last + 1, adopts }
}
