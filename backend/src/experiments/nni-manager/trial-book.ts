import type { Trial, TrialParameters, TrialState } from '@secxops/protocol/experiments'
import { isMap, type Json, sameJson } from '@secxops/protocol/json'
import type { ExperimentJournal, TrialNews } from '../services.ts'
import type { EventRow, MetricRow } from './database.ts'
import { assessorOf, type Curve, StopReasons } from './early-stop.ts'
import { metricValues } from './metric-value.ts'
import { ENDS, trialEnd } from './trial-end.ts'

/** A trial of NNI's manager. */
export interface Job {
  /** NNI's id. */
  id: string
  trial: Trial
  /** Id of its parameters; null: given by hand. */
  parameters: string | null
  curve: Curve
  open: boolean
  /** A metric of its own process has told that it ran with these parameters. */
  proven: boolean
}

export interface BookOptions {
  /**
   * The database is all there is of an experiment of elsewhere: its metrics are told to the journal, and it is read as of an NNI without our
   * patches, which listed parameters beside the wrong trials and what the assessor ended as cancelled by the user.
   */
  opened?: boolean
  /** What Curvefitting foresaw for a trial. */
  predicted?(job: string): number | undefined
}

/**
 * Makes trials and metrics out of the rows of a manager's database and tells the journal what is new. The rows say which parameters were
 * *meant* for a process; a metric says with which it *ran*, and that counts.
 */
export class TrialBook {
  readonly #journal: ExperimentJournal
  readonly #options: BookOptions
  readonly #reasons: StopReasons | undefined
  readonly #jobs = new Map<string, Job>()
  readonly #numbers = new Map<number, string>()
  readonly #byParameters = new Map<string, Job>()
  readonly #told: Map<number, Trial>
  /** Numbers of trials by hand that the manager has not started, by its own. */
  readonly #reserved = new Map<number, number>()
  /** Trials by hand that an earlier manager forgot: their numbers are theirs. */
  readonly #neverStarted = new Set<number>()
  /** Trials that the user wanted to end. */
  readonly #cancelAsked = new Set<string>()
  #changed = new Set<Job>()
  #eventRow = 0
  #metricRow = 0

  constructor(journal: ExperimentJournal, options: BookOptions) {
    this.#journal = journal
    this.#options = options
    const assessor = assessorOf(journal.record.settings)
    this.#reasons = assessor && new StopReasons(assessor)
    this.#told = new Map(journal.trials().map((trial) => [trial.number, trial]))
    for (const { number, source, startedAt } of this.#told.values())
      if (source === 'user' && startedAt === undefined) this.#neverStarted.add(number)
  }

  /** Last rows read: what is asked for is what comes after them. */
  get rows(): { event: number; metric: number } {
    return { event: this.#eventRow, metric: this.#metricRow }
  }

  /** Takes rows in, in the order of their times. Answers the trials that ended in these rows and were not told to have. */
  read(events: Iterable<EventRow>, metrics: Iterable<MetricRow>): Job[] {
    const ended: Job[] = []
    const rows = [...metrics]
    let next = 0
    const take = (until: number): void => {
      for (let row = rows[next]; row && row.time <= until; row = rows[++next]) {
        this.#metricRow = row.row
        const job = this.#jobs.get(row.job)
        if (job) this.#metric(job, row)
      }
    }
    const list = [...events]
    // It is written after the end that it asked for.
    for (const { event, job } of list) if (event === 'USER_TO_CANCEL') this.#cancelAsked.add(job)
    for (const event of list) {
      this.#eventRow = event.row
      take(event.time)
      const job = this.#event(event)
      if (job && !job.open) ended.push(job)
    }
    take(Number.POSITIVE_INFINITY)
    // How a trial ended is told with what its own files say: by `learn`.
    if (!this.#options.opened) for (const job of ended) this.#changed.delete(job)
    this.#tell()
    return ended.filter(({ open, trial }) => !open && this.#told.get(trial.number)?.endedAt === undefined)
  }

  job(id: string): Job | undefined {
    return this.#jobs.get(id)
  }

  /** Trials that the manager has started. */
  count(): number {
    return this.#jobs.size
  }

  jobOf(number: number): Job | undefined {
    const id = this.#numbers.get(number)
    return id ? this.#jobs.get(id) : undefined
  }

  /** Trials that are not over. */
  open(): Job[] {
    return [...this.#jobs.values()].filter(({ open }) => open)
  }

  /** Takes the number of a trial by hand that the manager will start as its `sequence`. */
  reserve(sequence: number): number {
    const number = this.#freeNumber(sequence, false)
    this.#numbers.set(number, '')
    this.#reserved.set(sequence, number)
    return number
  }

  /** What was under way when the manager ended waits to be done again by the next one. */
  requeue(): void {
    for (const job of this.open()) this.#set(job, { state: 'waiting', endedAt: undefined })
    this.#tell()
  }

  /** Everything under way is over: the manager is gone. */
  endAll(endedAt: string): void {
    for (const job of this.open()) this.#set(job, { state: 'cancelled', endedAt })
    for (const number of this.#reserved.values()) this.#journal.trial({ number, state: 'cancelled', endedAt })
    this.#tell()
  }

  /** Changes what is known of a trial by what its own files tell. */
  learn(job: Job, news: Partial<Trial>): void {
    this.#set(job, news)
    this.#tell()
  }

  #event({ job: id, event, time, data, sequence }: EventRow): Job | undefined {
    if (id === '') return undefined
    const packed = data ? packedOf(data) : undefined
    let job = this.#jobs.get(id)
    if (!job) {
      if (!packed && !ENDS[event] && event !== 'WAITING' && event !== 'RUNNING') return undefined
      job = this.#newJob(id, sequence, packed?.source === 'customized')
    }
    if (packed) this.#give(job, packed)
    const at = new Date(time).toISOString()
    const again = job.trial.endedAt === undefined ? {} : { endedAt: undefined, error: undefined, stopped: undefined }
    if (event === 'WAITING') this.#set(job, { state: 'waiting', ...again }, true)
    if (event === 'RUNNING') this.#set(job, { state: 'running', startedAt: at, ...again }, true)
    const state = ENDS[event]
    if (!state) return undefined
    this.#end(job, event, state, time)
    return job
  }

  #newJob(id: string, sequence: number | null, byHand: boolean): Job {
    const number = this.#numberOf(sequence, byHand)
    const job: Job = {
      id,
      trial: { number, state: 'waiting', source: 'tuner', parameters: {}, reports: 0 },
      parameters: null,
      curve: { number, values: [] },
      open: true,
      proven: false,
    }
    this.#numbers.set(number, id)
    this.#jobs.set(id, job)
    return job
  }

  /** NNI counts from 0, and may give a number twice after a resume. */
  #numberOf(sequence: number | null, byHand: boolean): number {
    const reserved = sequence === null ? undefined : this.#reserved.get(sequence)
    if (sequence !== null) this.#reserved.delete(sequence)
    return reserved ?? this.#freeNumber(sequence ?? this.#jobs.size, byHand)
  }

  #freeNumber(sequence: number, byHand: boolean): number {
    let number = Math.max(1, sequence + 1)
    while (this.#numbers.has(number) || (!byHand && this.#neverStarted.has(number))) number++
    return number
  }

  #give(job: Job, { id, parameters, source }: Packed): void {
    // A resumed trial keeps its parameters and who proposed them.
    if (source === 'resumed' && Object.keys(job.trial.parameters).length > 0) return
    job.parameters = id
    if (id !== null) this.#byParameters.set(id, job)
    this.#set(job, { parameters, source: source === 'customized' ? 'user' : 'tuner' })
  }

  #metric(job: Job, row: MetricRow): void {
    const values = metricValues(row.data)
    const { objective } = this.#journal.record
    const value = values[objective.metric] ?? values.default
    if (row.type === 'PERIODICAL' && value !== undefined) job.curve.values.push(values.default ?? value)
    if (!this.#options.opened) return
    this.#trueParameters(job, row.parameters)
    if (row.type === 'FINAL') {
      const { default: _, [objective.metric]: _objective, ...finals } = values
      this.#set(job, {
        ...(value !== undefined && Number.isFinite(value) ? { final: value } : {}),
        ...(Object.keys(finals).length > 0 ? { finals } : {}),
      })
      return
    }
    for (const [key, number] of Object.entries(values)) {
      const name = key === 'default' && values[objective.metric] === undefined ? objective.metric : key
      this.#tell()
      this.#journal.metric({ trial: job.trial.number, name, step: row.sequence, value: number, time: row.time })
    }
  }

  /** The process has other parameters than were meant for it where NNI handed them out in the order of asking. */
  #trueParameters(job: Job, parameters: string | null): void {
    if (job.proven) return
    job.proven = true
    if (parameters === job.parameters) return
    const meant = parameters === null ? this.#byHand() : this.#byParameters.get(parameters)
    if (!meant) return
    const { parameters: had, trial } = job
    const { trial: other } = meant
    job.parameters = parameters
    if (parameters !== null) this.#byParameters.set(parameters, job)
    this.#set(job, { parameters: other.parameters, source: other.source })
    if (meant.proven) return
    // The one for which they were meant has ours until its own metric tells.
    meant.parameters = had
    if (had !== null) this.#byParameters.set(had, meant)
    this.#set(meant, { parameters: trial.parameters, source: trial.source })
  }

  #byHand(): Job | undefined {
    return [...this.#jobs.values()].find(({ parameters, proven }) => parameters === null && !proven)
  }

  #end(job: Job, event: string, state: TrialState, time: number): void {
    const { trial, curve } = job
    const { maxTrialDuration: limit } = this.#journal.record.settings
    if (state === 'succeeded') this.#reasons?.succeeded(curve)
    const end = trialEnd({
      state,
      byManager:
        event === 'EARLY_STOPPED' ||
        (event === 'USER_CANCELED' && this.#options.opened === true && !this.#cancelAsked.has(job.id)),
      lasted: trial.startedAt ? (time - Date.parse(trial.startedAt)) / 1000 : 0,
      limit: typeof limit === 'number' ? limit : undefined,
      points: curve.values.length,
      stopped: () =>
        curve.values.length > 0 ? this.#reasons?.explain(curve, this.#options.predicted?.(job.id)) : undefined,
    })
    this.#set(job, { ...end, endedAt: new Date(time).toISOString() }, false)
  }

  #set(job: Job, news: Partial<Trial>, open = job.open): void {
    job.open = open
    job.trial = { ...job.trial, ...news }
    this.#changed.add(job)
  }

  #tell(): void {
    if (this.#changed.size === 0) return
    const changed = this.#changed
    this.#changed = new Set()
    for (const { trial } of changed) {
      const { reports: _, last: _last, ...news } = trial
      const told = this.#told.get(news.number)
      if (told && isKnown(news, told)) continue
      this.#told.set(news.number, { ...told, ...trial })
      this.#journal.trial(news)
    }
  }
}

/** True when all that the news say is told already. */
const isKnown = (news: TrialNews, told: Trial): boolean =>
  Object.entries(news).every(([key, value]) => sameJson(value, told[key as keyof Trial]))

interface Packed {
  id: string | null
  parameters: TrialParameters
  source: string
}

function packedOf(data: string): Packed | undefined {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    return undefined
  }
  if (!isMap(value)) return undefined
  const { parameter_id: id, parameter_source: source, parameters } = value
  const plain: Record<string, Json> = isMap(parameters) ? parameters : {}
  return {
    id: typeof id === 'number' || typeof id === 'string' ? String(id) : null,
    parameters: plain,
    source: String(source ?? 'algorithm'),
  }
}
