import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ErrorBody } from '@secxops/protocol/errors'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ExperimentEdit, TrialParameters } from '@secxops/protocol/experiments'
import type { Runner } from '../../runners/runner.ts'
import { bodyOf } from '../../runs/outcome.ts'
import type { NniEnvironment } from '../environment/nni-environment.ts'
import type { TrialSource } from '../runner-engine/trial-source.ts'
import { Failures } from '../runner-engine/verdict.ts'
import type { ExperimentEnd, ExperimentJournal, RunningExperiment } from '../services.ts'
import { NniDatabase } from './database.ts'
import { explainManager } from './explain-manager.ts'
import { foreseen } from './foreseen.ts'
import type { ManagerStatus, ProfileChange } from './manager-client.ts'
import { managerConfig } from './manager-config.ts'
import { ManagerPlace } from './manager-place.ts'
import { type ManagerAddress, type ManagerProcess, reach, startManager } from './manager-process.ts'
import { type Job, TrialBook } from './trial-book.ts'
import { TrialDesk } from './trial-desk.ts'

/** Milliseconds between two looks at the database and the trials. */
const LOOK = 100
/** And between two questions to the manager. */
const ASK = 500
/** Milliseconds that the manager has to end by itself: its tuner takes three seconds to hear of it. */
const SHUTDOWN = 15_000
const GRACE = 3000
/** Milliseconds without a trial after which a tuner that has no more to propose means it. */
const QUIET = 3000
/** Milliseconds without an answer after which the manager hangs. */
const PATIENCE = 60_000

export interface ManagerNeeds {
  runner: Runner
  nni: Pick<NniEnvironment, 'prepare'>
  source: TrialSource
}

/** A search that NNI's own manager carries out, watched. */
export class RunningManager implements RunningExperiment {
  readonly ended: Promise<ExperimentEnd>
  readonly #journal: ExperimentJournal
  readonly #needs: ManagerNeeds
  readonly #place: ManagerPlace
  readonly #book: TrialBook
  readonly #desk: TrialDesk
  readonly #abort = new AbortController()
  /** Ends of trials that are being told. */
  readonly #ends = new Set<Promise<void>>()
  /** The process that lives, or lived, for this experiment. */
  #process: ManagerProcess | undefined
  /** How it is reached while it carries the experiment out. */
  #manager: ManagerAddress | undefined
  #database: NniDatabase | undefined
  readonly #edits: ExperimentEdit[] = []
  readonly #failures = new Failures()
  /** Why the search is given up. */
  #hopeless: ErrorBody | undefined
  #stopping = false
  #closed = false

  constructor(journal: ExperimentJournal, needs: ManagerNeeds) {
    this.#journal = journal
    this.#needs = needs
    this.#place = new ManagerPlace(journal.record)
    this.#book = new TrialBook(journal, { predicted: (job) => foreseen(this.#place.tunerLog, job) })
    this.#desk = new TrialDesk(journal, {
      place: this.#place,
      book: this.#book,
      source: needs.source,
      runner: needs.runner,
    })
    // After a close nobody is told of an end: the manager goes on.
    this.ended = new Promise((resolve) => {
      void this.#run().then((end) => {
        if (!this.#closed) resolve(end)
      })
    })
  }

  page(): { port: number; prefix: string } | undefined {
    return this.#manager && { port: this.#manager.port, prefix: this.#manager.prefix }
  }

  stop(): void {
    this.#stopping = true
    this.#abort.abort(new Error('the experiment was stopped'))
  }

  async stopTrial(number: number): Promise<void> {
    const job = this.#book.jobOf(number)
    if (!job?.open)
      throw new SecxopsError({ code: 'conflict', message: `Trial ${number} does not run: there is nothing to stop.` })
    await this.#reached().client.cancel(job.id)
  }

  async addTrial(parameters: TrialParameters): Promise<number> {
    const sequence = await this.#reached()
      .client.addTrial(parameters)
      .catch((error: unknown) => {
        const { cause, message } = bodyOf(error)
        const full = cause?.includes('maxTrialNum')
        throw new SecxopsError({
          code: full ? 'bad-request' : 'unavailable',
          message: full ? 'The experiment has as many trials as it may have. Raise maxTrialNumber first.' : message,
          cause,
        })
      })
    const number = this.#book.reserve(sequence)
    this.#journal.trial({ number, state: 'waiting', source: 'user', parameters })
    return number
  }

  async edit(edit: ExperimentEdit): Promise<void> {
    // One that comes before the manager can be told is told then; after the end the next start takes it from the settings.
    if (!this.#manager) this.#edits.push(edit)
    else for (const change of changesOf(edit)) await this.#manager.client.change(change)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#abort.abort(new Error('SecXOps is closing'))
    this.#database?.close()
    this.#database = undefined
  }

  #reached(): ManagerAddress {
    if (this.#manager) return this.#manager
    throw new SecxopsError({ code: 'conflict', message: 'The experiment does not run yet. Try again in a moment.' })
  }

  async #run(): Promise<ExperimentEnd> {
    let end: ExperimentEnd
    try {
      await this.#begin()
      end = this.#manager && this.#process ? await this.#watch(this.#manager, this.#process) : { state: 'stopped' }
    } catch (error) {
      end = this.#stopping ? { state: 'stopped' } : { state: 'failed', error: bodyOf(error) }
    }
    if (this.#closed) return end
    return this.#finish(end)
  }

  /** Finds the manager of an earlier backend, or starts one. */
  async #begin(): Promise<void> {
    const { runner, nni, source } = this.#needs
    const { record } = this.#journal
    const { signal } = this.#abort
    const caller = { signal, progress: (line: string) => this.#journal.state('preparing', line) }
    this.#journal.state('preparing')
    const state = this.#place.state()
    const found = state && !state.settled ? await runner.adopt(this.#place.launch(state.launch)) : 'never-started'
    if (state && found !== 'never-started') {
      this.#process = { execution: found, state, resumes: true }
      this.#open(false)
      this.#manager = await reach(this.#place, this.#process, signal)
      await source.prepare(caller)
      // The backend ended in the middle of a start; what came of it nobody knows.
      if ((await this.#manager.client.status()).status !== 'INITIALIZED') return
      await found.stop(0)
      this.#manager = undefined
    }
    await source.prepare(caller)
    const environment = await nni.prepare(caller)
    if (this.#stopping || this.#closed) return
    this.#journal.state('preparing', "starting NNI's manager")
    const config = managerConfig(record, this.#place, environment.python ?? 'python3')
    this.#open(true)
    this.#process = await startManager(this.#place, runner, environment, config, record.id)
    const manager = await reach(this.#place, this.#process, signal)
    await manager.client.begin(this.#process.resumes ? {} : config)
    this.#manager = manager
    for (const edit of this.#edits.splice(0)) await this.edit(edit)
    this.#open(false)
  }

  async #watch({ client }: ManagerAddress, process: ManagerProcess): Promise<ExperimentEnd> {
    let gone = false
    void process.execution.ended.then(() => {
      gone = true
    })
    let asked = 0
    let answered = Date.now()
    let quiet: number | undefined
    for (;;) {
      if (this.#stopping || this.#closed) return { state: 'stopped' }
      if (gone) return { state: 'failed', error: await this.#explain(process, undefined) }
      await this.#look()
      if (this.#hopeless) return { state: 'failed', error: this.#hopeless }
      const now = Date.now()
      if (now - asked >= ASK) {
        asked = now
        const status = await client.status().catch(() => undefined)
        if (status) answered = now
        else if (now - answered > PATIENCE) return { state: 'failed', error: await this.#explain(process, undefined) }
        const over = status && (await this.#over(process, status))
        if (over) return over
        const idle = status?.status === 'TUNER_NO_MORE_TRIAL' && this.#book.open().length === 0
        quiet = idle ? (quiet ?? now) : undefined
        if (quiet !== undefined && now - quiet > QUIET)
          return { state: 'done', detail: 'the tuner has no more to propose' }
      }
      await sleep(LOOK, undefined, { signal: this.#abort.signal }).catch(() => undefined)
    }
  }

  async #over(process: ManagerProcess, status: ManagerStatus): Promise<ExperimentEnd | undefined> {
    if (status.status === 'ERROR') return { state: 'failed', error: await this.#explain(process, status) }
    if (status.status !== 'DONE') {
      if (status.status !== 'INITIALIZED') this.#journal.state('running')
      return undefined
    }
    const { maxTrialNumber } = this.#journal.record.settings
    const full = typeof maxTrialNumber === 'number' && this.#book.count() >= maxTrialNumber
    return { state: 'done', detail: full ? 'the limit of trials was reached' : 'the time limit was reached' }
  }

  #explain({ state }: ManagerProcess, status: ManagerStatus | undefined): Promise<ErrorBody> {
    const log = join(this.#place.launch(state.launch).directory, 'log')
    return explainManager(status, { log, tunerLog: this.#place.tunerLog })
  }

  /** Takes in what the database says so far. `anew`: a new manager will do again what was under way. */
  #open(anew: boolean): void {
    try {
      this.#database ??= new NniDatabase(this.#place.database)
    } catch {
      // There is none before the first start.
      return
    }
    this.#take()
    if (!anew) return
    this.#book.requeue()
    this.#database.close()
    this.#database = undefined
  }

  async #look(): Promise<void> {
    this.#take()
    await this.#desk.answer()
    this.#desk.look()
  }

  #take(): void {
    if (!this.#database) return
    const { event, metric } = this.#book.rows
    const ended = this.#book.read(this.#database.events(event), this.#database.metrics(metric))
    for (const job of ended) {
      const end = this.#end(job).finally(() => this.#ends.delete(end))
      this.#ends.add(end)
    }
  }

  async #end(job: Job): Promise<void> {
    const news = await this.#desk.end(job).catch((error: unknown) => ({ error: bodyOf(error) }))
    if (this.#closed) return
    this.#book.learn(job, news)
    this.#hopeless ??= this.#failures.count(job.trial.state, job.trial.error)
    await this.#desk.tidy(job)
  }

  /** Resolves on proof that no process of the experiment is left, and when all is told. */
  async #finish(end: ExperimentEnd): Promise<ExperimentEnd> {
    const asked = await this.#manager?.client.shutdown().then(
      () => true,
      () => false,
    )
    this.#manager = undefined
    if (this.#process) {
      const { execution } = this.#process
      if (asked) await within(execution.ended, SHUTDOWN)
      await execution.stop(GRACE)
    }
    if (this.#database) this.#take()
    await Promise.all(this.#ends)
    this.#desk.look()
    this.#book.endAll(new Date().toISOString())
    this.#database?.close()
    this.#database = undefined
    await this.#journal.durable().catch(() => undefined)
    const state = this.#place.state()
    if (state) this.#place.keep({ ...state, settled: true })
    return end
  }
}

/** Waits for something, but not longer. */
async function within(work: Promise<unknown>, milliseconds: number): Promise<void> {
  const over = new AbortController()
  const late = sleep(milliseconds, undefined, { signal: over.signal }).catch(() => undefined)
  await Promise.race([work, late])
  over.abort()
}

function* changesOf(edit: ExperimentEdit): Generator<ProfileChange> {
  const { trialConcurrency, maxTrialNumber, maxExperimentDuration, searchSpace } = edit
  if (maxTrialNumber !== undefined) yield { kind: 'MAX_TRIAL_NUM', maxTrialNumber }
  if (maxExperimentDuration !== undefined)
    yield { kind: 'MAX_EXEC_DURATION', maxExperimentDuration: `${maxExperimentDuration}s` }
  if (searchSpace !== undefined) yield { kind: 'SEARCH_SPACE', searchSpace }
  if (trialConcurrency !== undefined) yield { kind: 'TRIAL_CONCURRENCY', trialConcurrency }
}
