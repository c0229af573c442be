import { mkdirSync, readdirSync } from 'node:fs'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { TrialParameters } from '@secxops/protocol/experiments'
import type { Ended, Execution, Launch, Runner } from '../../runners/runner.ts'
import { bodyOf } from '../../runs/outcome.ts'
import { type MetricLine, MetricTail } from './metric-tail.ts'
import { metricsFile } from './trial-environment.ts'
import type { TrialPlace, TrialSource } from './trial-source.ts'

/** Milliseconds a trial has to tidy up when it is stopped. */
const GRACE = 3000
/** And what it has left running when it ended by itself. */
const GRACE_AT_END = 1000

/** How the process of a trial ended. */
export interface TrialEnd {
  /** True: it ended by itself with 0. */
  well: boolean
  error?: ErrorBody
}

export interface TrialRunEvents {
  started(): void
  metrics(lines: MetricLine[]): void
  ended(end: TrialEnd): void
}

/** The process of one trial and the numbers it writes. */
export class TrialRun {
  readonly place: TrialPlace
  readonly parameters: TrialParameters
  readonly #runner: Runner
  readonly #source: TrialSource
  readonly #events: TrialRunEvents
  readonly #tail: MetricTail
  #execution: Execution | undefined
  #stopped = false
  #closed = false

  /** `known`: how many of its points are in the journal already. */
  constructor(
    place: TrialPlace,
    parameters: TrialParameters,
    known: number,
    needs: { runner: Runner; source: TrialSource },
    events: TrialRunEvents,
  ) {
    this.place = place
    this.parameters = parameters
    this.#runner = needs.runner
    this.#source = needs.source
    this.#events = events
    this.#tail = new MetricTail(metricsFile(place.directory), known)
  }

  /**
   * Starts it once `durable` has resolved. `known`: an earlier backend may have started it already; what it started is taken up. Never rejects;
   * {@link TrialRunEvents.ended} tells.
   */
  async begin(durable: Promise<void>, known: boolean): Promise<void> {
    try {
      mkdirSync(this.place.directory, { recursive: true, mode: 0o700 })
      // Asked also where there is no trace: what was on its way when the backend died then never starts.
      const last = known ? Math.max(1, lastLaunch(this.place.directory)) : 0
      const adopted = known ? await this.#runner.adopt(this.#launch(last)) : 'never-started'
      const execution = adopted === 'never-started' ? await this.#start(last + 1, durable) : adopted
      if (!execution) {
        this.#events.ended({ well: false })
        return
      }
      this.#execution = execution
      this.#events.started()
      if (this.#stopped) void execution.stop(GRACE)
      await this.#settle(await execution.ended, execution)
    } catch (error) {
      await durable.catch(() => undefined)
      this.#events.ended({ well: false, error: bodyOf(error) })
    }
  }

  /** Reads what the trial has written; true when there is more at once. */
  look(): boolean {
    if (this.#closed) return false
    const { lines, more } = this.#tail.read()
    if (lines.length > 0) this.#events.metrics(lines)
    return more
  }

  /** Asks it to end, with everything that it has started. */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    void this.#execution?.stop(GRACE)
  }

  /** Looks no more; the process goes on. */
  close(): void {
    this.#closed = true
  }

  get overflowed(): boolean {
    return this.#tail.overflowed
  }

  async #start(launch: number, durable: Promise<void>): Promise<Execution | undefined> {
    await durable
    const command = await this.#source.command(this.place, this.parameters)
    if (this.#stopped || this.#closed) return undefined
    return this.#runner.start(this.#launch(launch), command)
  }

  async #settle(ended: Ended, execution: Execution): Promise<void> {
    if (this.#closed) return
    // What it has left running is not to write on, nor to outlive the experiment.
    await this.#runner.sweep('SECXOPS_ATTEMPT_ID', this.#launch(1).attemptId, this.#stopped ? 0 : GRACE_AT_END)
    while (this.look()) await new Promise((resolve) => setImmediate(resolve))
    if (this.#closed) return
    const well = ended.how === 'exited' && ended.code === 0 && !execution.overMemory()
    const error = well || this.#stopped ? undefined : await this.#source.explain(this.place, ended, execution)
    this.#events.ended({ well, error })
  }

  #launch(launch: number): Launch {
    const { experiment, number, directory } = this.place
    return { attemptId: `${experiment}.${number}`, directory, launch }
  }
}

/** The last start that was ever tried: each leaves its claim in the folder. */
function lastLaunch(directory: string): number {
  return readdirSync(directory).reduce((last, name) => {
    const launch = /^claim\.(\d+)$/.exec(name)?.[1]
    return launch === undefined ? last : Math.max(last, Number(launch))
  }, 0)
}
