import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { isGoing } from '@secxops/protocol/experiment-going'
import type {
  ExperimentDetail,
  ExperimentEdit,
  ExperimentSummary,
  MetricColumns,
  Trial,
  TrialParameters,
} from '@secxops/protocol/experiments'
import type { Home } from '../home.ts'
import type { Events, Store } from '../services.ts'
import type { ExperimentReading } from './files/reading.ts'
import {
  activeTime,
  detailOf,
  directoryOf,
  type ExperimentSpec,
  newHead,
  type StoredExperiment,
  summaryOf,
} from './records/experiment.ts'
import {
  deleteExperiment,
  experimentOfRequest,
  insertExperiment,
  listExperiments,
  readExperimentRow,
  unfinishedExperiments,
  updateSpec,
} from './records/experiment-table.ts'
import { Journal } from './records/journal.ts'
import { readMetrics } from './records/read-metrics.ts'
import { removeStaged } from './records/remove-staged.ts'
import { type ReportRow, reportsAfter } from './records/report-table.ts'
import { Throttle } from './records/throttle.ts'
import { changedTrials, readTrial } from './records/trial-table.ts'
import { Watchers } from './records/watchers.ts'
import { refuseAtLimit } from './refuse-at-limit.ts'
import { endWith } from './runner-engine/verdict.ts'
import type { ExperimentEnd, ExperimentEngine, RunningExperiment } from './services.ts'

export interface Engines {
  hpo: { secxops?: ExperimentEngine; nni?: ExperimentEngine }
  nas?: ExperimentEngine
  automl?: ExperimentEngine
}

export interface ExperimentsDomain {
  home: Pick<Home, 'root' | 'staging'>
  store: Store
  events: Events
  engines: Engines
  /** Rejects with bad-experiment, bad-space … for a file that can't run. */
  read(path: string, text?: string): Promise<ExperimentReading>
  /** Rejects with bad-space for a space that the experiment's tuner can't take. */
  checkEdit(spec: ExperimentSpec, edit: ExperimentEdit): void
}

interface Active {
  experiment: StoredExperiment
  journal: Journal
  running: RunningExperiment
  throttle: Throttle
  ended: Promise<void>
}

/** Milliseconds between two events of one experiment. */
const EVENT_GAP = 100

/** All experiments: their tables, and the engines that carry out those that are active. */
export class Experiments {
  readonly #domain: ExperimentsDomain
  readonly #folder: string
  readonly #active = new Map<string, Active>()
  readonly #watchers = new Watchers()
  #closed = false

  constructor(domain: ExperimentsDomain) {
    this.#domain = domain
    this.#folder = join(domain.home.root, 'experiments')
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
  }

  list(): ExperimentSummary[] {
    return listExperiments(this.#domain.store.db).map((stored) =>
      summaryOf(this.#active.get(stored.id)?.experiment ?? stored),
    )
  }

  get(id: string): ExperimentDetail {
    const page = this.#active.get(id)?.running.page?.() ? `/api/experiments/${id}/nni/` : undefined
    return detailOf(this.stored(id), this.directory(id), page)
  }

  /** Throws not-found. */
  stored(id: string): StoredExperiment {
    return this.#active.get(id)?.experiment ?? readExperimentRow(this.#domain.store.db, id)
  }

  directory(id: string): string {
    return directoryOf(this.#folder, id)
  }

  /** The running side of an active experiment. */
  running(id: string): RunningExperiment | undefined {
    return this.#active.get(id)?.running
  }

  /** A journal for reading what an experiment knows, active or not. */
  journal(id: string): Journal {
    return (
      this.#active.get(id)?.journal ?? new Journal(this.#domain.store, this.stored(id), this.#folder, () => undefined)
    )
  }

  /** Throws cannot-run-here. */
  engineOf({ kind, engine }: Pick<ExperimentSpec, 'kind' | 'engine'>): ExperimentEngine {
    const { engines } = this.#domain
    const found = engine === 'file' ? undefined : kind === 'hpo' ? engines.hpo[engine] : engines[kind]
    if (found) return found
    throw new SecxopsError({
      code: 'cannot-run-here',
      message:
        engine === 'file'
          ? 'This experiment was opened from a file: it can be looked at, not run. Make an experiment file over its code to search on.'
          : `This SecXOps cannot carry out an experiment of kind ${kind} with the engine ${engine}.`,
    })
  }

  async start(input: {
    path: string
    text?: string
    engine?: 'secxops' | 'nni'
    idempotencyKey?: string
  }): Promise<ExperimentDetail> {
    const { store } = this.#domain
    const known = input.idempotencyKey && experimentOfRequest(store.db, input.idempotencyKey)
    if (known) return this.get(known)
    const reading = await this.#domain.read(input.path, input.text)
    const spec: ExperimentSpec = { ...reading, engine: input.engine ?? reading.file.engine ?? 'secxops' }
    this.engineOf(spec)
    const experiment = await this.#insert(spec, input.idempotencyKey)
    this.#begin(experiment)
    return this.get(experiment.id)
  }

  /**
   * Makes an experiment that is over already out of what `fill` tells the journal. `request`: the same one again gives the same experiment.
   */
  async keep(
    spec: ExperimentSpec,
    request: string,
    fill: (journal: Journal) => Promise<void>,
  ): Promise<ExperimentDetail> {
    const known = experimentOfRequest(this.#domain.store.db, request)
    if (known) return this.get(known)
    const experiment = await this.#insert(spec, request)
    const journal = new Journal(this.#domain.store, experiment, this.#folder, () => this.#watchers.wake(experiment.id))
    try {
      await fill(journal)
      journal.settle({ state: 'done', activeSince: undefined, endedAt: new Date().toISOString() })
      await journal.durable()
    } catch (error) {
      await this.#delete(experiment.id)
      throw error
    }
    this.#domain.events.publish({ type: 'experiment', experiment: summaryOf(experiment) })
    return this.get(experiment.id)
  }

  async trials(
    id: string,
    { after = 0, limit = 20_000, wait = 0 }: { after?: number; limit?: number; wait?: number },
    signal: AbortSignal,
  ): Promise<{ trials: Trial[]; change: number; complete: boolean }> {
    await this.#until(id, ({ change }) => change > after, wait, signal)
    const { change: newest } = this.stored(id).head
    const { trials, change } = changedTrials(this.#domain.store.db, id, after, limit)
    return { trials, change, complete: change >= newest || trials.length < limit }
  }

  async metrics(
    id: string,
    query: { after?: number; trial?: number; limit?: number; wait?: number },
    signal: AbortSignal,
  ): Promise<MetricColumns> {
    await this.#until(id, ({ metricRow }) => metricRow > (query.after ?? 0), query.wait ?? 0, signal)
    return readMetrics(this.#domain.store.db, id, this.stored(id).head.names, query)
  }

  async reports(
    id: string,
    { after = 0, wait = 0 }: { after?: number; wait?: number },
    signal: AbortSignal,
  ): Promise<{ row: number; reports: ReportRow[] }> {
    await this.#until(id, ({ reportRow }) => reportRow > after, wait, signal)
    const reports = reportsAfter(this.#domain.store.db, id, after)
    return { row: reports.at(-1)?.row ?? after, reports }
  }

  /** Newest state of a trial. Throws not-found. */
  trial(id: string, number: number): Trial {
    const trial = this.#active.get(id)?.journal.trialOf(number) ?? readTrial(this.#domain.store.db, id, number)
    if (trial) return trial
    this.stored(id)
    throw new SecxopsError({ code: 'not-found', message: `Experiment ${id} has no trial ${number}.` })
  }

  async stop(id: string): Promise<ExperimentDetail> {
    const active = this.#active.get(id)
    if (active) {
      active.journal.settle({ state: 'stopping', detail: undefined })
      await active.journal.durable()
      active.running.stop()
    }
    return this.get(id)
  }

  async resume(id: string, edit: ExperimentEdit = {}): Promise<ExperimentDetail> {
    const experiment = this.stored(id)
    if (isGoing(experiment.head))
      throw new SecxopsError({ code: 'conflict', message: `Experiment ${experiment.spec.name} goes on already.` })
    // Its end is said before all of it is on the disk.
    await this.#active.get(id)?.ended
    this.engineOf(experiment.spec)
    refuseAtLimit(experiment, { ...experiment.spec.settings, ...edit })
    if (Object.keys(edit).length > 0) await this.edit(id, edit)
    const again = this.stored(id)
    // Two resumes at once are one.
    if (this.#active.has(id)) return this.get(id)
    Object.assign(again.head, {
      state: 'preparing',
      detail: undefined,
      error: undefined,
      endedAt: undefined,
      activeSince: undefined,
    })
    this.#begin(again)
    return this.get(id)
  }

  async edit(id: string, edit: ExperimentEdit): Promise<ExperimentDetail> {
    const { spec } = this.stored(id)
    this.#domain.checkEdit(spec, edit)
    const settings = { ...spec.settings, ...edit }
    const active = this.#active.get(id)
    if (active) {
      await active.journal.edit(settings)
      await active.running.edit(edit)
    } else {
      await this.#domain.store.write((db) => updateSpec(db, id, { ...spec, settings }))
    }
    return this.get(id)
  }

  async remove(id: string, confirm: string): Promise<void> {
    const { spec, head } = this.stored(id)
    if (isGoing(head))
      throw new SecxopsError({ code: 'conflict', message: `Experiment ${spec.name} goes on. Stop it first.` })
    if (confirm !== spec.name)
      throw new SecxopsError({
        code: 'bad-request',
        message: `To remove the experiment with all its trials and logs, confirm with its name, ${spec.name}.`,
        where: { field: 'confirm' },
      })
    const experiment = summaryOf(this.stored(id))
    await this.#delete(id)
    this.#domain.events.publish({ type: 'experiment', experiment, gone: true })
  }

  async addTrial(id: string, parameters: TrialParameters): Promise<Trial> {
    const number = await this.#activeOf(id).running.addTrial(parameters)
    return this.trial(id, number)
  }

  async stopTrial(id: string, number: number): Promise<Trial> {
    this.trial(id, number)
    await this.#activeOf(id).running.stopTrial(number)
    return this.trial(id, number)
  }

  active(): number {
    return this.#active.size
  }

  /** Ends when no process of any experiment is left. */
  async stopAll(): Promise<void> {
    const all = [...this.#active.values()]
    await Promise.all(all.map(({ experiment }) => this.stop(experiment.id)))
    await Promise.all(all.map(({ ended }) => ended))
  }

  recover(): void {
    for (const id of unfinishedExperiments(this.#domain.store.db)) {
      const experiment = readExperimentRow(this.#domain.store.db, id)
      const stopping = experiment.head.state === 'stopping'
      this.#begin(experiment)
      if (stopping) this.#active.get(id)?.running.stop()
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(
      [...this.#active.values()].map(async ({ running, journal, throttle }) => {
        await running.close()
        await journal.durable().catch(() => undefined)
        throttle.close()
      }),
    )
  }

  #activeOf(id: string): Active {
    const active = this.#active.get(id)
    if (active) return active
    const { spec } = this.stored(id)
    throw new SecxopsError({
      code: 'conflict',
      message: `Experiment ${spec.name} does not run. Resume it first.`,
    })
  }

  async #insert(spec: ExperimentSpec, request: string | undefined): Promise<StoredExperiment> {
    const experiment = { id: newId(spec.name), createdAt: new Date().toISOString(), spec, head: newHead() }
    mkdirSync(join(this.directory(experiment.id), 'trials'), { recursive: true, mode: 0o700 })
    await this.#domain.store.write((db) => insertExperiment(db, experiment, request))
    return experiment
  }

  async #delete(id: string): Promise<void> {
    await this.#domain.store.write((db) => deleteExperiment(db, id))
    await removeStaged(this.directory(id), join(this.#domain.home.staging, `experiment-${id}`))
  }

  #begin(experiment: StoredExperiment): void {
    const { id, head, spec } = experiment
    const { store, events } = this.#domain
    const throttle = new Throttle(EVENT_GAP, () =>
      events.publish({ type: 'experiment', experiment: summaryOf(experiment) }),
    )
    const journal = new Journal(store, experiment, this.#folder, () => {
      this.#watchers.wake(id)
      throttle.call()
    })
    journal.settle({ duration: activeTime(head), activeSince: head.activeSince && Date.now() })
    const running = this.engineOf(spec).start(journal)
    const ended = running.ended.then((end) => this.#end(id, endWith(end, journal.trials())))
    this.#active.set(id, { experiment, journal, running, throttle, ended })
  }

  async #end(id: string, end: ExperimentEnd): Promise<void> {
    const active = this.#active.get(id)
    if (!active || this.#closed) return
    const { journal, experiment, throttle } = active
    await journal.end({
      state: end.state,
      detail: end.state === 'failed' ? undefined : end.detail,
      error: end.state === 'failed' ? end.error : undefined,
      endedAt: new Date().toISOString(),
      duration: activeTime(experiment.head),
      activeSince: undefined,
    })
    this.#active.delete(id)
    this.#watchers.wake(id)
    throttle.call()
    throttle.close()
  }

  async #until(
    id: string,
    ready: (head: StoredExperiment['head']) => boolean,
    wait: number,
    signal: AbortSignal,
  ): Promise<void> {
    if (!this.#active.has(id)) return
    const look = (): boolean => {
      const active = this.#active.get(id)
      return active === undefined || ready(active.experiment.head)
    }
    await this.#watchers.until(id, look, wait, signal)
  }
}

const ALPHABET = 'abcdefghjkmnpqrstvwxyz0123456789'

/** Readable and unique: a short form of the name and 60 random bits. */
function newId(name: string): string {
  const short = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
  const random = [...randomBytes(12)].map((byte) => ALPHABET[byte % 32]).join('')
  return `${short || 'experiment'}-${random}`
}
