import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ExperimentEdit, Trial, TrialParameters } from '@secxops/protocol/experiments'
import type { Runner } from '../../runners/runner.ts'
import { bodyOf } from '../../runs/outcome.ts'
import type { NniEnvironment } from '../environment/nni-environment.ts'
import type { ExperimentEnd, ExperimentJournal, RunningExperiment } from '../services.ts'
import { remembered, resultOf } from '../tuning/remembered.ts'
import { tunerDied, tunerHangs } from '../tuning/tuner-failure.ts'
import { type Proposal, type TunerEvents, TunerProcess } from '../tuning/tuner-process.ts'
import type { CurrentTrial } from './current-trial.ts'
import { later, limitTrial, timeLeft } from './limits.ts'
import { type MetricLine, MOST_POINTS } from './metric-tail.ts'
import { ObjectiveName } from './objective-name.ts'
import { EXPERIMENT_MARK } from './trial-environment.ts'
import { type TrialEnd, TrialRun } from './trial-run.ts'
import type { TrialSource } from './trial-source.ts'
import { Failures, NNI_EVENTS, verdictOf } from './verdict.ts'

/** Milliseconds between two looks at what trials have written. */
const LOOK = 100
/** Milliseconds without a proposal, while nothing runs, after which a tuner hangs. */
const PATIENCE = 300_000
/** Milliseconds after which a tuner that had nothing to propose is asked again: results may still be on their way to it. */
const ASK_AGAIN = 500
export interface SearchNeeds {
  runner: Runner
  nni: Pick<NniEnvironment, 'prepare'>
  source: TrialSource
  /** Milliseconds; default {@link PATIENCE}. */
  patience?: number
}

/** One search: a tuner that proposes, and trials that run what it proposes. */
export class Search implements RunningExperiment {
  readonly #ended = Promise.withResolvers<ExperimentEnd>()
  readonly #journal: ExperimentJournal
  readonly #needs: SearchNeeds
  readonly #objective: ObjectiveName
  readonly #failures = new Failures()
  readonly #current = new Map<number, CurrentTrial>()
  /** Trials that wait for a free place, oldest first. */
  readonly #queue: Trial[] = []
  readonly #closing = new AbortController()
  #began = Date.now()
  #tuner: TunerProcess | undefined
  #total = 0
  /** Proposals that the tuner was asked for. */
  #asked = 0
  /** The tuner had nothing to propose; asked again when a trial has ended. */
  #stalled = false
  #askedAgain = false
  #over: ExperimentEnd | undefined
  #closed = false
  /** The tuner knows the space and may be asked. */
  #ready = false
  /** Told when the last trial that was under way has ended. */
  #empty: () => void = () => undefined
  /** Names by which the tuner knows the parameters of its trials that wait or run. */
  readonly #proposals = new Map<number, Proposal['id']>()
  #looking: NodeJS.Timeout | undefined
  #waking: NodeJS.Timeout | undefined
  #watchdog: NodeJS.Timeout | undefined
  #deadline: NodeJS.Timeout | undefined

  constructor(journal: ExperimentJournal, needs: SearchNeeds) {
    this.#journal = journal
    this.#needs = needs
    this.#objective = new ObjectiveName(journal)
    void this.#begin()
  }

  get ended(): Promise<ExperimentEnd> {
    return this.#ended.promise
  }

  stop(): void {
    this.#finish({ state: 'stopped' })
  }

  async stopTrial(number: number): Promise<void> {
    const queued = this.#queue.findIndex((trial) => trial.number === number)
    if (queued >= 0) {
      this.#queue.splice(queued, 1)
      this.#journal.trial({ number, state: 'cancelled', endedAt: new Date().toISOString() })
      this.#fill()
      return
    }
    const current = this.#current.get(number)
    if (!current) throw new SecxopsError({ code: 'conflict', message: `Trial ${number} does not run.` })
    current.because ??= 'user'
    current.run.stop()
  }

  async addTrial(parameters: TrialParameters): Promise<number> {
    if (this.#over) throw new SecxopsError({ code: 'conflict', message: 'The experiment is ending.' })
    const number = this.#enqueue(parameters, 'user', undefined)
    await this.#journal.durable()
    return number
  }

  async edit(edit: ExperimentEdit): Promise<void> {
    if (edit.searchSpace) this.#tuner?.space(edit.searchSpace)
    this.#stalled &&= edit.searchSpace === undefined
    this.#limitTime()
    this.#fill()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#closing.abort(new Error('SecXOps is closing'))
    this.#stopTimers()
    for (const { run, timer } of this.#current.values()) {
      clearTimeout(timer)
      run.close()
    }
    await this.#tuner?.stop()
  }

  async #begin(): Promise<void> {
    const caller = {
      signal: this.#closing.signal,
      progress: (line: string) => {
        if (!this.#over) this.#journal.state('preparing', line)
      },
    }
    try {
      this.#journal.state('preparing')
      const trials = this.#journal.trials()
      this.#total = trials.length
      this.#looking = setInterval(() => this.#look(), LOOK)
      const ready = this.#needs.source.prepare(caller)
      for (const trial of trials)
        if (trial.state === 'running') this.#run(trial, undefined, ready)
        else if (trial.state === 'waiting') this.#queue.push(trial)
      await ready
      const environment = await this.#needs.nni.prepare(caller)
      if (this.#over || this.#closed) return
      this.#journal.state('preparing', 'starting the tuner')
      const { start, results, drawn } = remembered(this.#journal)
      this.#tuner = new TunerProcess(environment, start, this.#log, this.#tunerEvents(drawn))
      this.#tuner.learn(results)
      this.#watch()
    } catch (error) {
      if (!this.#closed) this.#finish({ state: 'failed', error: bodyOf(error) })
    }
  }

  /** `drawn`: proposals of an earlier process that this one draws once more; they are left out. */
  #tunerEvents(drawn: number): TunerEvents {
    let leftOut = drawn
    return {
      ready: () => {
        if (this.#over || this.#closed) return
        this.#ready = true
        this.#began = Date.now()
        this.#journal.state('running')
        this.#limitTime()
        if (drawn > 0) this.#tuner?.request(drawn)
        this.#fill()
      },
      proposal: ({ id, parameters }) => {
        this.#watch()
        if (leftOut > 0) {
          leftOut--
          return
        }
        this.#asked = Math.max(0, this.#asked - 1)
        this.#askedAgain = false
        if (!this.#over && !this.#closed) this.#enqueue(parameters, 'tuner', id)
      },
      noMore: () => {
        this.#watch()
        leftOut = 0
        this.#asked = Math.max(0, this.#asked - 1)
        this.#stalled = true
        this.#idle()
      },
      stopEarly: ({ trial: number, ...stopped }) => {
        const current = this.#current.get(number)
        if (!current || current.because) return
        current.because = 'assessor'
        this.#journal.trial({ number, stopped })
        current.run.stop()
      },
      died: (how, traceback) =>
        void tunerDied(this.#log, how, traceback).then((error) => this.#finish({ state: 'failed', error })),
    }
  }

  #enqueue(parameters: TrialParameters, source: Trial['source'], proposal: Proposal['id'] | undefined): number {
    const number = ++this.#total
    const trial: Trial = { number, state: 'waiting', source, parameters, reports: 0 }
    this.#journal.trial({ number, state: 'waiting', source, parameters })
    if (proposal !== undefined) this.#proposals.set(number, proposal)
    this.#queue.push(trial)
    this.#fill()
    return number
  }

  /** Starts what waits, and asks for as many proposals as there are free places. */
  #fill(): void {
    if (this.#over || this.#closed) return
    const { trialConcurrency, maxTrialNumber } = this.#journal.record.settings
    const places = Number(trialConcurrency ?? 1)
    while (this.#ready && this.#current.size < places) {
      const next = this.#queue.shift()
      if (!next) break
      this.#run(next, this.#proposals.get(next.number))
    }
    const limit = this.#timeLeft() <= 0 ? 0 : Number(maxTrialNumber ?? Number.POSITIVE_INFINITY)
    const free = Math.min(places - this.#current.size - this.#queue.length, limit - this.#total) - this.#asked
    if (this.#tuner && this.#ready && !this.#stalled)
      for (let i = 0; i < free; i++) {
        this.#asked++
        this.#tuner.request(1)
      }
    this.#idle()
  }

  /** Ends the search when nothing is left to do. */
  #idle(): void {
    if (this.#over || !this.#ready || this.#current.size > 0 || this.#queue.length > 0) return
    const detail = this.#exhausted()
    if (detail) this.#finish({ state: 'done', detail })
    else if (this.#stalled && this.#asked === 0)
      this.#waking ??= setTimeout(() => {
        this.#waking = undefined
        this.#askedAgain = true
        this.#stalled = false
        this.#fill()
      }, ASK_AGAIN)
  }

  /** Why no trial will follow any more, in words. */
  #exhausted(): string | undefined {
    const { maxTrialNumber } = this.#journal.record.settings
    if (this.#timeLeft() <= 0) return 'the time limit was reached'
    if (typeof maxTrialNumber === 'number' && this.#total >= maxTrialNumber) return 'the limit of trials was reached'
    const twice = this.#stalled && this.#askedAgain && this.#asked === 0
    return twice ? 'the tuner has no more to propose' : undefined
  }

  /** `ready`: given for a trial that an earlier backend may have started; resolves when a start of it is possible. */
  #run(trial: Trial, proposal: Proposal['id'] | undefined, ready?: Promise<void>): void {
    const { record } = this.#journal
    const { number, parameters } = trial
    const place = { experiment: record.id, number, directory: join(record.directory, 'trials', String(number)) }
    const points = ready ? this.#journal.metricsOf(number) : []
    const run = new TrialRun(place, parameters, points.length, this.#needs, {
      started: () => this.#started(number, trial.startedAt),
      metrics: (lines) => this.#metrics(number, lines),
      ended: (end) => this.#trialEnded(number, end),
    })
    const finite = points.filter(({ name, value }) => name === record.objective.metric && Number.isFinite(value))
    this.#current.set(number, { run, proposal, points: finite.length })
    // Running is what it is from here on: a backend that takes over then looks for its process.
    this.#journal.trial({ number, state: 'running' })
    const durable = this.#journal.durable()
    void run.begin(ready ? durable.then(() => ready) : durable, ready !== undefined)
  }

  #started(number: number, before: string | undefined): void {
    const current = this.#current.get(number)
    if (!current) return
    const startedAt = before ?? new Date().toISOString()
    this.#journal.trial({ number, startedAt })
    current.timer = limitTrial(this.#journal.record, startedAt, (value, limit) => {
      if (current.because) return
      current.because = 'limit'
      this.#journal.trial({ number, stopped: { rule: 'maxTrialDuration', step: current.points, value, limit } })
      current.run.stop()
    })
  }

  #metrics(number: number, lines: MetricLine[]): void {
    const current = this.#current.get(number)
    if (!current) return
    for (const line of lines) {
      const objective = this.#objective.is(line)
      const { name, value, step, time, final } = line
      if (final) {
        if (objective) current.final = value
        else if (Number.isFinite(value)) current.finals = { ...current.finals, [name]: value }
        continue
      }
      this.#journal.metric({
        trial: number,
        name: objective ? this.#journal.record.objective.metric : name,
        step: step ?? current.points,
        value,
        time,
      })
      if (!objective || !Number.isFinite(value)) continue
      this.#tuner?.intermediate(current.proposal ?? null, number, current.points, value)
      current.points++
    }
  }

  #trialEnded(number: number, end: TrialEnd): void {
    const current = this.#current.get(number)
    if (!current || this.#closed) return
    clearTimeout(current.timer)
    this.#current.delete(number)
    const { final, finals, proposal = null } = current
    const because = current.because ?? (this.#over ? 'user' : undefined)
    const { metric } = this.#journal.record.objective
    const { state, error } = verdictOf(end, { because, final, metric })
    const kept = state === 'succeeded' ? { final, finals, stopped: undefined } : {}
    this.#journal.trial({ number, state, error, endedAt: new Date().toISOString(), ...kept })
    if (current.run.overflowed)
      this.#journal.report({
        kind: 'note',
        text: `Trial ${number} reported more than ${MOST_POINTS.toLocaleString('en')} points; those after are not kept.`,
      })
    const value = state === 'succeeded' ? resultOf(current) : undefined
    if (value !== undefined && proposal !== null) this.#tuner?.final(proposal, number, value)
    else if (value !== undefined) this.#tuner?.learn([{ parameters: current.run.parameters, value }])
    this.#tuner?.trialEnded(proposal, number, NNI_EVENTS[state])
    this.#proposals.delete(number)
    if (state !== 'failed') void this.#needs.source.tidy(current.run.place)
    this.#stalled = false
    this.#watch()
    const hopeless = this.#failures.count(state, error)
    if (hopeless) this.#finish({ state: 'failed', error: hopeless })
    if (this.#current.size === 0) this.#empty()
    this.#fill()
  }

  #look(): void {
    for (const { run } of this.#current.values()) run.look()
  }

  /** Ends what hangs: called whenever the tuner or a trial shows that it lives. */
  #watch(): void {
    clearTimeout(this.#watchdog)
    if (this.#over || this.#closed) return
    this.#watchdog = setTimeout(() => void this.#hangs(), this.#needs.patience ?? PATIENCE)
  }

  async #hangs(): Promise<void> {
    if (this.#current.size > 0 || (this.#asked === 0 && this.#ready)) {
      this.#watch()
      return
    }
    this.#tuner?.dump()
    await sleep(ASK_AGAIN)
    const error = await tunerHangs(this.#log, Math.round((this.#needs.patience ?? PATIENCE) / 1000))
    this.#finish({ state: 'failed', error })
  }

  get #log(): string {
    return join(this.#journal.record.directory, 'tuner.log')
  }

  #timeLeft(): number {
    return timeLeft(this.#journal.record, this.#began)
  }

  /** At the limit of time the search ends even when nothing else happens. */
  #limitTime(): void {
    clearTimeout(this.#deadline)
    const left = this.#timeLeft()
    if (Number.isFinite(left)) this.#deadline = later(left, () => this.#fill())
  }

  #stopTimers(): void {
    clearInterval(this.#looking)
    for (const timer of [this.#waking, this.#watchdog, this.#deadline]) clearTimeout(timer)
  }

  #finish(end: ExperimentEnd): void {
    if (this.#over || this.#closed) return
    this.#over = end
    void this.#end(end)
  }

  /** Resolves {@link ended} on proof that nothing of the search is left. */
  async #end(end: ExperimentEnd): Promise<void> {
    this.#closing.abort(new Error('the experiment ends'))
    const { id } = this.#journal.record
    for (const { run } of this.#current.values()) run.stop()
    if (this.#current.size > 0) await new Promise<void>((resolve) => (this.#empty = resolve))
    await this.#tuner?.stop()
    await this.#needs.runner.sweep(EXPERIMENT_MARK, id, 0)
    this.#stopTimers()
    if (!this.#closed) this.#ended.resolve(end)
  }
}
