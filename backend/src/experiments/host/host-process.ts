import type { TrialParameters } from '@secxops/protocol/experiments'
import type { Runner } from '../../runners/runner.ts'
import { bodyOf } from '../../runs/outcome.ts'
import { later } from '../runner-engine/limits.ts'
import type { MetricLine } from '../runner-engine/metric-tail.ts'
import { EXPERIMENT_MARK } from '../runner-engine/trial-environment.ts'
import { type TrialEnd, TrialRun } from '../runner-engine/trial-run.ts'
import type { TrialPlace, TrialSource } from '../runner-engine/trial-source.ts'
import type { ExperimentEnd, ExperimentJournal } from '../services.ts'
import { toldFile } from './told-file.ts'
import { type ToldLine, ToldTail } from './told-tail.ts'

/** Milliseconds between two looks at what the process has written. */
const LOOK = 100

/** Why a process was asked to end. */
export type Because = 'user' | 'limit'

export interface HostPlan {
  place: TrialPlace
  parameters: TrialParameters
  /** True: an earlier backend may have started it already. */
  adopts: boolean
  /** Points of metrics that are in the journal already. */
  known: number
  /** Its environment is there; it starts once what this tells the journal is durable. */
  starting(): void
  started(): void
  /** Lines are told once more to a backend that takes over. */
  told(line: ToldLine): void
  metrics(lines: MetricLine[]): void
  /** How the experiment ends with it; no process of it is left. */
  over(end: TrialEnd, because: Because | undefined): ExperimentEnd
}

/**
 * An experiment that is one process, followed through the file in which it tells what happens. It outlives the backend and is taken up by
 * the next one.
 */
export class HostProcess {
  readonly #ended = Promise.withResolvers<ExperimentEnd>()
  readonly #journal: ExperimentJournal
  readonly #needs: { runner: Runner; source: TrialSource }
  readonly #plan: HostPlan
  readonly #closing = new AbortController()
  readonly #run: TrialRun
  readonly #told: ToldTail
  readonly #looking: NodeJS.Timeout
  #deadline: NodeJS.Timeout | undefined
  #because: Because | undefined
  #closed = false

  constructor(journal: ExperimentJournal, needs: { runner: Runner; source: TrialSource }, plan: HostPlan) {
    this.#journal = journal
    this.#needs = needs
    this.#plan = plan
    this.#told = new ToldTail(toldFile(plan.place.directory))
    this.#run = new TrialRun(plan.place, plan.parameters, plan.known, needs, {
      started: () => this.#started(),
      metrics: plan.metrics,
      ended: (end) => void this.#end(end),
    })
    this.#looking = setInterval(() => this.#look(), LOOK)
    void this.#begin()
  }

  get ended(): Promise<ExperimentEnd> {
    return this.#ended.promise
  }

  /** Asks it to end, with everything that it has started. */
  stop(because: Because): void {
    this.#because ??= because
    // An environment that is still being made is given up.
    this.#closing.abort(new Error('the experiment ends'))
    this.#run.stop()
  }

  /** Ends it after so many milliseconds; replaces an earlier limit. Infinity: never. */
  endAfter(milliseconds: number): void {
    clearTimeout(this.#deadline)
    if (Number.isFinite(milliseconds)) this.#deadline = later(milliseconds, () => this.stop('limit'))
  }

  /** Looks no more; the process goes on. */
  close(): void {
    this.#closed = true
    this.#closing.abort(new Error('SecXOps is closing'))
    this.#run.close()
    this.#stopTimers()
  }

  async #begin(): Promise<void> {
    const journal = this.#journal
    const { adopts } = this.#plan
    const progress = (line: string): void => {
      if (!this.#because) journal.state('preparing', line)
    }
    if (!adopts) journal.state('preparing')
    const ready = this.#needs.source.prepare({ signal: this.#closing.signal, progress })
    try {
      // What runs already is taken up at once; anything else needs its environment first.
      if (!adopts) await ready
      if (this.#closed) return
      this.#plan.starting()
      const durable = journal.durable()
      await this.#run.begin(adopts ? durable.then(() => ready) : durable, adopts)
    } catch (error) {
      if (this.#closed) return
      this.#finish(this.#because ? { state: 'stopped' } : { state: 'failed', error: bodyOf(error) })
    }
    // Its failure is told where it is needed.
    ready.catch(() => undefined)
  }

  #started(): void {
    this.#plan.started()
    if (this.#because) this.#run.stop()
  }

  #look(): void {
    this.#run.look()
    for (const line of this.#told.read()) this.#plan.told(line)
  }

  async #end(end: TrialEnd): Promise<void> {
    if (this.#closed) return
    this.#look()
    await this.#needs.runner.sweep(EXPERIMENT_MARK, this.#journal.record.id, 0)
    this.#finish(this.#plan.over(end, this.#because))
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
