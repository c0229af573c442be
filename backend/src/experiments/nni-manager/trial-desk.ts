import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { Trial, TrialParameters } from '@secxops/protocol/experiments'
import type { Ended, Runner } from '../../runners/runner.ts'
import { bodyOf } from '../../runs/outcome.ts'
import { MetricTail } from '../runner-engine/metric-tail.ts'
import { ObjectiveName } from '../runner-engine/objective-name.ts'
import { metricsFile } from '../runner-engine/trial-environment.ts'
import type { TrialPlace, TrialSource } from '../runner-engine/trial-source.ts'
import { verdictOf } from '../runner-engine/verdict.ts'
import type { ExperimentJournal } from '../services.ts'
import { type ManagerPlace, readText, writeWhole } from './manager-place.ts'
import type { Job, TrialBook } from './trial-book.ts'

/** Milliseconds that what a trial has left running has to end. */
const GRACE_AT_END = 1000

interface Open {
  place: TrialPlace
  tail: MetricTail
  points: number
  final?: number
  finals?: Record<string, number>
  /** Why it could not start. */
  refusal?: ErrorBody
}

interface Request {
  id: string
  packed: { parameters: TrialParameters; parameter_source?: string }
}

/** Gives the trials of a manager their commands and reads what they report. */
export class TrialDesk {
  readonly #journal: ExperimentJournal
  readonly #place: ManagerPlace
  readonly #book: TrialBook
  readonly #source: TrialSource
  readonly #runner: Runner
  readonly #objective: ObjectiveName
  readonly #open = new Map<string, Open>()

  constructor(
    journal: ExperimentJournal,
    needs: { place: ManagerPlace; book: TrialBook; source: TrialSource; runner: Runner },
  ) {
    this.#journal = journal
    this.#place = needs.place
    this.#book = needs.book
    this.#source = needs.source
    this.#runner = needs.runner
    this.#objective = new ObjectiveName(journal)
  }

  /** Answers the trials that wait for their command. One whose trial is not in the database yet is answered the next time. */
  async answer(): Promise<void> {
    for (const name of readdirSync(this.#place.requests)) {
      if (!name.endsWith('.json')) continue
      const text = readText(join(this.#place.requests, name))
      const request = text && (JSON.parse(text) as Request)
      const job = request && this.#book.job(request.id)
      if (job) await this.#answer(job, request)
    }
  }

  /** Reads what the trials that run have reported. */
  look(): void {
    for (const job of this.#book.open()) this.#read(job)
  }

  /** Resolves when all that a trial reported is told and nothing of it is left; says what NNI does not know of how it ended. */
  async end(job: Job): Promise<Partial<Trial>> {
    const open = this.#opened(job)
    await this.#runner.sweep('SECXOPS_NNI_TRIAL', job.id, GRACE_AT_END)
    while (this.#read(job)) await new Promise((resolve) => setImmediate(resolve))
    this.#open.delete(job.id)
    rmSync(this.#place.command(job.id), { force: true })
    rmSync(this.#place.request(job.id), { force: true })
    return this.#verdict(job, open)
  }

  /** Removes what is not needed of a trial that is over. */
  async tidy(job: Job): Promise<void> {
    if (job.trial.state !== 'failed') await this.#source.tidy(this.#placeOf(job))
  }

  async #verdict(job: Job, { place, final, finals, refusal }: Open): Promise<Partial<Trial>> {
    const { state, stopped } = job.trial
    const because = state === 'cancelled' ? 'user' : state === 'stopped-early' ? 'assessor' : undefined
    const error = state === 'failed' ? (refusal ?? (await this.#explain(job, place))) : undefined
    const { metric } = this.#journal.record.objective
    const verdict = verdictOf({ well: state === 'succeeded', error }, { because, final, metric })
    return verdict.state === 'succeeded' ? { ...verdict, final, finals, stopped: undefined } : { ...verdict, stopped }
  }

  /** What the trial's own log says of its end; NNI knows only that it failed. */
  #explain({ id }: Job, place: TrialPlace): Promise<ErrorBody> {
    const code = Number.parseInt(readText(join(this.#place.job(id), 'exit')) ?? '', 10)
    const ended: Ended = Number.isNaN(code) ? { how: 'lost' } : { how: 'exited', code }
    return this.#source.explain(place, ended, UNMEASURED)
  }

  async #answer(job: Job, { packed }: Request): Promise<void> {
    const { number } = job.trial
    const { parameters } = packed
    const source = packed.parameter_source === 'customized' ? 'user' : job.trial.source
    const place = this.#placeOf(job)
    const metrics = metricsFile(place.directory)
    mkdirSync(place.directory, { recursive: true, mode: 0o700 })
    // What an earlier start of the same trial left.
    for (const path of [metrics, join(place.directory, 'stop'), join(place.directory, 'log')])
      rmSync(path, { force: true })
    symlinkSync(join(this.#place.job(job.id), 'trial.stdout'), join(place.directory, 'log'))
    const open: Open = { place, tail: new MetricTail(metrics, 0), points: 0 }
    this.#open.set(job.id, open)
    this.#book.learn(job, { parameters, source })
    // What it ran with is on the disk before it runs.
    await this.#journal.durable()
    let answer: Record<string, unknown>
    try {
      const { argv, cwd, env } = await this.#source.command(place, parameters)
      const { metric: objective } = this.#journal.record.objective
      answer = { argv, cwd, env, metrics, stop: join(place.directory, 'stop'), objective }
    } catch (error) {
      open.refusal = bodyOf(error)
      answer = { error: `Trial ${number} was not started: ${open.refusal.message}` }
    }
    writeWhole(this.#place.command(job.id), JSON.stringify(answer))
    rmSync(this.#place.request(job.id), { force: true })
  }

  /** True when there is more to read at once. */
  #read(job: Job): boolean {
    const open = this.#opened(job)
    const { lines, more } = open.tail.read()
    for (const line of lines) {
      const objective = this.#objective.is(line)
      if (line.final) {
        if (objective) open.final = line.value
        else if (Number.isFinite(line.value)) open.finals = { ...open.finals, [line.name]: line.value }
        continue
      }
      const name = objective ? this.#journal.record.objective.metric : line.name
      const { value, time } = line
      this.#journal.metric({ trial: job.trial.number, name, step: line.step ?? open.points, value, time })
      if (objective && Number.isFinite(value)) open.points++
    }
    return more
  }

  /** A trial that an earlier backend has answered is read on from where it was. */
  #opened(job: Job): Open {
    const known = this.#open.get(job.id)
    if (known) return known
    const place = this.#placeOf(job)
    const points = this.#journal.metricsOf(job.trial.number)
    const { metric } = this.#journal.record.objective
    const finite = points.filter(({ name, value }) => name === metric && Number.isFinite(value)).length
    const open = { place, tail: new MetricTail(metricsFile(place.directory), points.length), points: finite }
    this.#open.set(job.id, open)
    return open
  }

  #placeOf({ trial: { number } }: Job): TrialPlace {
    return { experiment: this.#journal.record.id, number, directory: this.#place.trial(number) }
  }
}

/** NNI's manager measures nothing. */
const UNMEASURED = {
  ended: Promise.resolve<Ended>({ how: 'lost' }),
  stop: async () => undefined,
  peakMemory: () => undefined,
  overMemory: () => false,
}
