import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ContinueRun, RunPlan, StartRun, TryModule } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/errors'
import type { KeptArtifact, Preview } from '@secxops/protocol/library'
import type { LogChunk, Metric, Run, RunSummary } from '@secxops/protocol/run'
import { Metric as MetricSchema } from '@secxops/protocol/run'
import { withDefaults } from '@secxops/protocol/value'
import type * as z from 'zod'
import type { CleanDomain } from '../clean/clean.ts'
import { Slots } from '../engine/slots.ts'
import type { Home } from '../home.ts'
import type { Runner } from '../runners/runner.ts'
import type { EnvironmentService, Events, LibraryService, ModuleService, RunService, Store } from '../services.ts'
import { checkText, readWorkflowText, refuseErrors } from '../workflows/check.ts'
import { ActiveRun, type RunServices } from './active-run.ts'
import { createRunCleaning, refuseCleaned } from './cleaning.ts'
import { applySpec, editedSpec, foresee } from './edit-run.ts'
import { Journal } from './journal.ts'
import { readLines, readLog, type TailQuery } from './log.ts'
import { maskForms, maskJson, maskText } from './mask.ts'
import { newRun } from './new-run.ts'
import { newTrial } from './new-trial.ts'
import { type OtherPlaces, startedHere } from './place.ts'
import { isArtifact, lineageOf } from './publish.ts'
import { type AttemptRecord, type RunRecord, type RunSpec, toRun, toSummary } from './record.ts'
import { inputSources, nodeSources } from './sources.ts'

export interface RunDomain {
  home: Home
  store: Store
  events: Events
  modules: ModuleService
  environments: EnvironmentService
  library: LibraryService
  runner: Runner
  settings: { get(): { maxParallel: number } }
  /** Where runs go that are not for this machine; without it there is no other place. */
  elsewhere?: OtherPlaces
  /** Milliseconds between asking a command to end and killing it; default 5,000. */
  grace?: number
}

interface AttemptRef {
  id: string
  node: string
  attempt: number
}

/** A run is refused below this, bytes: the database itself needs room to end it. */
const LEAST_SPACE = 64 * 1_048_576

/** Runs: starting, watching, repairing and cancelling them. */
export class Runs implements RunService {
  readonly cleaning: CleanDomain['runs']
  readonly #domain: RunDomain
  readonly #services: RunServices
  readonly #journal: Journal
  readonly #active = new Map<string, ActiveRun>()
  readonly #starting = new Map<string, Promise<Run>>()
  /** Edits of one run happen one after the other. */
  readonly #turns = new Map<string, Promise<unknown>>()
  /** Calls under way that may take hold of contents no run refers to yet. */
  #beginning = 0

  constructor(domain: RunDomain) {
    this.#domain = domain
    this.#journal = new Journal(domain.store)
    this.cleaning = createRunCleaning({
      ...domain,
      journal: this.#journal,
      isActive: (id) => this.#active.has(id),
      quiet: () => this.#active.size === 0 && this.#beginning === 0,
      inTurn: (id, work) => this.#inTurn(id, work),
    })
    this.#services = {
      ...domain,
      journal: this.#journal,
      slots: new Slots(() => domain.settings.get().maxParallel),
      started: startedHere,
      grace: domain.grace ?? 5000,
      attemptDirectory: (run, node, number) => join(domain.home.attempts, run, node, String(number)),
    }
  }

  async start(input: z.output<typeof StartRun>, signal: AbortSignal): Promise<Run> {
    const key = input.idempotencyKey
    if (key === undefined) return this.#start(input, signal)
    const known = this.#journal.byKey(key)
    if (known) return this.get(known)
    // The signal of the first asker must not take the run away from the second.
    const starting = this.#starting.get(key) ?? this.#start(input, new AbortController().signal)
    this.#starting.set(key, starting)
    return starting.finally(() => this.#starting.delete(key))
  }

  async #begin<T>(work: () => Promise<T>): Promise<T> {
    this.#beginning += 1
    try {
      return await work()
    } finally {
      this.#beginning -= 1
    }
  }

  #start(input: z.output<typeof StartRun>, signal: AbortSignal): Promise<Run> {
    return this.#begin(() => this.#startChecked(input, signal))
  }

  async #startChecked(input: z.output<typeof StartRun>, signal: AbortSignal): Promise<Run> {
    const { modules, library, elsewhere, runner } = this.#domain
    const { target = runner.target } = input
    if (target !== runner.target) {
      if (!elsewhere) throw new SecxopsError({ code: 'not-found', message: `There is no target ${target}.` })
      await elsewhere.require(target)
    }
    const text = input.text ?? (await readWorkflowText(input.path))
    const { parameters, set, inputs = {} } = input
    const { workflow, problems } = await checkText(modules, input.path, text, { parameters, set, inputs })
    refuseErrors(problems)
    if (!workflow) throw new SecxopsError({ code: 'bad-workflow', message: `${input.path} is not a workflow.` })
    if (Object.keys(workflow.nodes).length === 0)
      throw new SecxopsError({
        code: 'bad-workflow',
        message: 'The workflow has no nodes yet. Add a module to it first.',
        where: { path: input.path, field: 'nodes' },
      })
    const base = dirname(input.path)
    const spec: RunSpec = {
      text,
      workflow,
      base,
      parameters: withDefaults(workflow.parameters, parameters),
      set: set ?? {},
      inputs: await inputSources(library, workflow, inputs, signal),
      given: { parameters: Object.keys(parameters ?? {}), inputs: Object.keys(inputs) },
      sources: await nodeSources(library, workflow, base, {}, signal),
      trial: false,
      forgiven: {},
      forced: {},
    }
    const name = await this.#journal.workflowName(input.path)
    return this.#launch(newRun(name, input.path, target, spec), input.idempotencyKey)
  }

  /** Runs one module alone, perhaps an unsaved one. */
  try(input: z.output<typeof TryModule>, signal: AbortSignal): Promise<Run> {
    return this.#begin(async () => this.#launch(await newTrial(input, this.#domain, signal)))
  }

  async #launch(record: RunRecord, idempotencyKey?: string): Promise<Run> {
    await this.#checkSpace()
    await this.#journal.write((db) => this.#journal.insertRunIn(db, record, idempotencyKey))
    this.#activate(record).begin()
    this.#domain.events.publish({ type: 'run', run: toSummary(record) })
    return toRun(record)
  }

  #activate(record: RunRecord): ActiveRun {
    const active = new ActiveRun(record, this.#servicesOf(record))
    this.#active.set(record.id, active)
    void active.over.then(() => {
      if (this.#active.get(record.id) === active) this.#active.delete(record.id)
    })
    return active
  }

  /** What a run works with: most is the same everywhere. */
  #servicesOf({ target }: RunRecord): RunServices {
    const { elsewhere, runner } = this.#domain
    return !elsewhere || target === runner.target ? this.#services : { ...this.#services, ...elsewhere.place(target) }
  }

  async #checkSpace(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#domain.home.root)
    if (bavail * bsize >= LEAST_SPACE) return
    throw new SecxopsError({
      code: 'disk-full',
      message: `Only ${Math.round((bavail * bsize) / 1_048_576)} MiB are free where SecXOps keeps its data; a run needs at least 64. Free some space first.`,
      where: { path: this.#domain.home.root },
    })
  }

  list(query: { limit?: number; before?: string; path?: string }): RunSummary[] {
    const there = new Map<string, boolean>()
    return this.#journal.list({ limit: query.limit ?? 100, before: query.before, path: query.path }).map((summary) => {
      const active = this.#active.get(summary.id)
      const { path } = summary
      if (!there.has(path)) there.set(path, existsSync(path))
      return { ...(active ? toSummary(active.record) : summary), ...(there.get(path) ? {} : { gone: true }) }
    })
  }

  get(id: string): Run {
    return toRun(this.#record(id))
  }

  #record(id: string): RunRecord {
    const record = this.#active.get(id)?.record ?? this.#journal.read(id)
    if (!record)
      throw new SecxopsError({
        code: 'not-found',
        message: `There is no run ${id}.`,
        where: { runId: id },
        next: [{ kind: 'run-command', label: 'Show all runs', command: 'secxops runs' }],
      })
    return record
  }

  async plan(id: string, input: z.output<typeof ContinueRun>, signal: AbortSignal): Promise<RunPlan> {
    const record = copyOf(this.#record(id))
    refuseCleaned(record, 'It cannot be continued')
    const services = this.#servicesOf(record)
    const { spec, problems, given } = await editedSpec(record, input, services, signal)
    if (problems.some(({ severity }) => severity === 'error'))
      return { run: [], reuse: [], keep: [...record.nodes.keys()], problems, given }
    applySpec(record, spec, input.from)
    return { ...(await foresee(record, services)), problems, given }
  }

  continue(id: string, input: z.output<typeof ContinueRun>, signal: AbortSignal): Promise<Run> {
    return this.#begin(() => this.#inTurn(id, () => this.#continue(id, input, signal)))
  }

  async #continue(id: string, input: z.output<typeof ContinueRun>, signal: AbortSignal): Promise<Run> {
    const before = this.#record(id)
    refuseCleaned(before, 'It cannot be continued')
    if (before.state === 'cancelling')
      throw new SecxopsError({
        code: 'conflict',
        message: 'The run is being cancelled. Wait until it has ended, then continue it.',
        where: { runId: id },
      })
    const services = this.#servicesOf(before)
    const { spec, problems } = await editedSpec(before, input, services, signal)
    refuseErrors(problems)
    const foreseen = copyOf(before)
    applySpec(foreseen, spec, input.from)
    const stale = new Map((await foresee(foreseen, services)).run.map(({ node, why }) => [node, why]))
    await this.#checkSpace()

    const ended = this.#active.get(id)
    if (ended && before.endedAt !== undefined) await ended.over
    const active = this.#active.get(id)
    const record = active?.record ?? this.#record(id)
    applySpec(record, spec, input.from)
    if (record.endedAt !== undefined) record.continuedAt = new Date().toISOString()
    for (const node of record.nodes.values()) node.stale = stale.get(node.id) ?? []
    record.state = 'running'
    record.endedAt = undefined
    record.seq += 1
    await this.#journal.write((db) => {
      this.#journal.updateRunIn(db, record)
      this.#journal.updateSpecIn(db, record)
    })
    if (active) active.edited()
    else this.#activate(record).begin()
    this.#domain.events.publish({ type: 'run', run: toSummary(record) })
    return toRun(record)
  }

  cancel(id: string): Promise<Run> {
    return this.#inTurn(id, async () => {
      const active = this.#active.get(id)
      const record = active?.record ?? this.#record(id)
      if (!active || record.endedAt !== undefined) {
        if (record.state === 'cancelled') return toRun(record)
        throw new SecxopsError({
          code: 'conflict',
          message: `The run has ended already (${record.state}); there is nothing to cancel.`,
          where: { runId: id },
        })
      }
      record.state = 'cancelling'
      record.seq += 1
      await this.#journal.write((db) => this.#journal.updateRunIn(db, record))
      this.#domain.events.publish({ type: 'run', run: toSummary(record) })
      active.cancel()
      return toRun(record)
    })
  }

  #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(work, work)
    this.#turns.set(id, turn)
    const forget = (): void => {
      if (this.#turns.get(id) === turn) this.#turns.delete(id)
    }
    turn.then(forget, forget)
    return turn
  }

  log(ref: AttemptRef, query: TailQuery, signal: AbortSignal): Promise<LogChunk> {
    const { attempt, secrets } = this.#attempt(ref)
    if (!existsSync(attempt.log ?? '')) refuseCleaned(this.#record(ref.id), 'There is no log any more')
    return readLog(attempt.log ?? '', query, () => this.#ended(ref), secrets, signal)
  }

  async metrics(
    ref: AttemptRef,
    query: TailQuery,
    signal: AbortSignal,
  ): Promise<{ metrics: Metric[]; next: number; complete: boolean }> {
    const { attempt, secrets } = this.#attempt(ref)
    const path = join(dirname(attempt.log ?? ''), 'metrics.jsonl')
    const { lines, next, complete } = await readLines(path, query, () => this.#ended(ref), signal)
    const metrics = lines.flatMap(toMetric).map((metric) => ({ ...metric, name: maskText(metric.name, secrets) }))
    return { metrics, next, complete }
  }

  async preview(ref: AttemptRef & { port: string }, query: { file?: string; rows?: number }): Promise<Preview> {
    const shown = await this.#domain.library.preview(this.#output(ref).path, query)
    const { secrets } = this.#attempt(ref)
    return secrets.length === 0 ? shown : (maskJson(shown, maskForms(secrets)) as Preview)
  }

  /** Puts an output into the library under a name of the user's. */
  async saveOutput(ref: AttemptRef & { port: string }, name: string): Promise<KeptArtifact> {
    const record = this.#record(ref.id)
    const { attempt } = this.#attempt(ref)
    const content = this.#output(ref)
    const kind = isArtifact(content.type) ? content.type : 'dataset'
    const lineage = lineageOf(record, ref.node, ref.port, attempt)
    return this.#begin(() =>
      this.#domain.store.write((db) => this.#domain.library.registerIn(db, kind, name, content, lineage)),
    )
  }

  #output(ref: AttemptRef & { port: string }) {
    const content = this.#attempt(ref).attempt.outputs[ref.port]
    if (content) return content
    throw new SecxopsError({
      code: 'unknown-port',
      message: `Attempt ${ref.attempt} of ${ref.node} has no output ${ref.port}.`,
      where: { runId: ref.id, nodeId: ref.node, attempt: ref.attempt },
    })
  }

  #attempt({ id, node, attempt }: AttemptRef): AttemptRecord {
    const found = this.#record(id).nodes.get(node)?.attempts[attempt - 1]
    if (found) return found
    throw new SecxopsError({
      code: 'not-found',
      message: `Run ${id} has no attempt ${attempt} of ${node}.`,
      where: { runId: id, nodeId: node },
    })
  }

  #ended({ id, node, attempt }: AttemptRef): boolean {
    const found = this.#active.get(id)?.record.nodes.get(node)?.attempts[attempt - 1]
    return found === undefined || found.attempt.state !== 'running'
  }

  async recover(): Promise<void> {
    for (const id of this.#journal.unfinished()) {
      const record = this.#journal.read(id)
      if (!record) continue
      const active = this.#activate(record)
      for (const node of record.nodes.values()) await active.recover(node)
      active.begin()
    }
    this.#domain.elsewhere?.recovered()
  }

  activeRuns(): number {
    return this.#active.size
  }

  async cancelAll(): Promise<void> {
    const all = [...this.#active.values()]
    for (const { record } of all)
      await this.cancel(record.id).catch((error: unknown) => {
        // One that ended by itself in this moment needs no cancelling.
        if (!(error instanceof SecxopsError && error.body.code === 'conflict')) throw error
      })
    await Promise.all(all.map((active) => active.over))
  }

  async close(): Promise<void> {
    for (const active of this.#active.values()) active.close()
    this.#domain.runner.close()
    this.#domain.elsewhere?.close()
  }
}

/** A copy whose spec and nodes can be changed for a forecast. */
function copyOf(run: RunRecord): RunRecord {
  return { ...run, nodes: new Map([...run.nodes].map(([id, node]) => [id, { ...node }])) }
}

function toMetric(line: string): Metric[] {
  try {
    const parsed = MetricSchema.safeParse(JSON.parse(line))
    return parsed.success ? [parsed.data] : []
  } catch {
    return []
  }
}
