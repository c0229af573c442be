import type { Attempt, AttemptPhase, RunState } from '@secxops/protocol/run'
import type { Plan, PlanAttempt, PlanNode } from '../engine/plan.ts'
import { type Done, type LoopWork, type Resolution, RunLoop } from '../engine/run-loop.ts'
import type { Slots } from '../engine/slots.ts'
import type { Execution } from '../runners/runner.ts'
import type { Events } from '../services.ts'
import { AttemptFactory, type PlannedAttempt } from './attempt-factory.ts'
import type { Journal } from './journal.ts'
import { dropLeavings } from './leavings.ts'
import { bodyOf, failure, type Outcome } from './outcome.ts'
import { type AttemptServices, perform, settle } from './perform.ts'
import { publishIn } from './publish.ts'
import { type AttemptRecord, lastAttempt, type NodeRecord, type RunRecord, toNode, toSummary } from './record.ts'

export interface RunServices extends AttemptServices {
  journal: Journal
  events: Events
  slots: Slots
  /** Milliseconds between asking a command to end and killing it. */
  grace: number
  attemptDirectory(runId: string, nodeId: string, number: number): string
}

/** A begun attempt that a Cancel can end. */
interface Live {
  controller: AbortController
  execution?: Execution
  stopping?: Promise<void>
}

/** A run that is going on: carries out what its loop decides, journals it, and tells everybody. */
export class ActiveRun implements LoopWork {
  readonly record: RunRecord
  /** Resolves when nothing of the run goes on any more. */
  readonly over: Promise<void>
  readonly #services: RunServices
  readonly #factory: AttemptFactory
  readonly #loop: RunLoop
  readonly #live = new Map<string, Live>()
  readonly #planned = new Map<string, PlannedAttempt>()
  readonly #changed = new Set<NodeRecord>()
  #since = performance.now()
  #order: PlanNode[] = []
  #forgiven = new Map<string, number>()
  #forced = new Map<string, number>()
  readonly #past = new Map<string, PlanAttempt[]>()
  #settleOver: () => void = () => undefined

  constructor(record: RunRecord, services: RunServices) {
    this.record = record
    this.#services = services
    this.#factory = new AttemptFactory(record, services)
    this.over = new Promise((resolve) => {
      this.#settleOver = resolve
    })
    this.#readSpec()
    this.#loop = new RunLoop(
      {
        nodes: () => this.#order,
        history: () => this.#past,
        edits: () => ({ cancel: record.state === 'cancelling', forgiven: this.#forgiven, forced: this.#forced }),
      },
      this,
      services.slots,
    )
  }

  /** Starts to act; attempts of an earlier backend must have been recovered before. */
  begin(): void {
    this.#loop.kick()
  }

  /** Plans again after the record's spec or nodes were edited. */
  edited(): void {
    this.#readSpec()
    this.#factory.forget()
    this.#planned.clear()
    this.#loop.replan()
  }

  /** Asks to cancel; the record's state is `cancelling` already. */
  cancel(): void {
    this.#loop.kick()
  }

  close(): void {
    this.#loop.close()
  }

  /** What the planner sees of the record. */
  #readSpec(): void {
    const { forgiven, forced, workflow } = this.record.spec
    this.#forgiven = new Map(Object.entries(forgiven))
    this.#forced = new Map(Object.entries(forced))
    this.#order = [...this.record.nodes.values()].map(({ id, needs }) => ({
      id,
      needs,
      retries: workflow.nodes[id]?.retries ?? this.#factory.retriesOf(id),
    }))
    this.#past.clear()
    for (const node of this.record.nodes.values()) this.#notePast(node)
  }

  #notePast({ id, attempts }: NodeRecord): void {
    this.#past.set(
      id,
      attempts.map(({ attempt }) => attempt),
    )
  }

  #note(node: NodeRecord): void {
    this.#notePast(node)
    this.#changed.add(node)
  }

  async resolve(id: string): Promise<Resolution> {
    const planned = await this.#factory.plan(id)
    this.#planned.set(id, planned)
    const own = this.record.spec.workflow.nodes[id]?.retries
    const node = this.#order.find((one) => one.id === id)
    if (node && own === undefined) node.retries = this.#factory.retriesOf(id)
    return { signature: planned.signature, cached: planned.cached !== undefined }
  }

  start(id: string, done: Done): void {
    const node = this.#node(id)
    const planned = this.#plannedOf(id)
    const record = this.#factory.begin(node, planned)
    node.attempts.push(record)
    node.stale = []
    this.#note(node)
    this.#begin(node, record, planned, done)
  }

  /** `record` is the node's last, running. */
  #begin(node: NodeRecord, record: AttemptRecord, planned: PlannedAttempt, done: Done): void {
    const durable = this.#services.journal.write((db) =>
      this.#services.journal.putAttemptIn(db, this.record.id, node.id, record),
    )
    if (planned.error) {
      const error = planned.error
      void this.#end(
        node,
        record,
        durable.then(() => failure(error)),
        done,
      )
      return
    }
    this.#carryOut(node, record, done, (live) =>
      perform(this.#services, this.#factory.job(node, record, planned, this.#hooks(node, record, live)), durable),
    )
  }

  reuse(id: string, done: Done): void {
    const node = this.#node(id)
    const record = this.#factory.reuse(node, this.#plannedOf(id))
    node.attempts.push(record)
    node.stale = []
    this.#note(node)
    const { outputs } = record.attempt
    void this.#end(node, record, Promise.resolve({ state: 'succeeded', outputs }), done)
  }

  /** Takes over an attempt that was running when the backend ended. */
  async recover(node: NodeRecord): Promise<void> {
    const record = lastAttempt(node)
    if (record?.attempt.state !== 'running') return
    const execution = await this.#services.runner.adopt(this.#factory.launchOf(node, record))
    if (execution === 'never-started') return this.#startAnew(node, record)
    // Nobody measured while there was no backend.
    this.#since = Math.min(this.#since, performance.now() - (Date.now() - Date.parse(record.attempt.startedAt)))
    this.#carryOut(node, record, this.#loop.follow(node.id), (live) =>
      settle(this.#services, this.#factory.adoptedJob(node, record, this.#hooks(node, record, live)), execution),
    )
  }

  /** The intent was durable but the command surely never began: the same attempt begins, with what holds now. */
  async #startAnew(node: NodeRecord, record: AttemptRecord): Promise<void> {
    const done = this.#loop.follow(node.id)
    if (this.record.state === 'cancelling') {
      void this.#end(node, record, Promise.resolve({ state: 'cancelled', outputs: {} }), done)
      return
    }
    const planned = await this.#factory.plan(node.id)
    node.attempts.pop()
    const fresh = this.#factory.begin(node, planned)
    Object.assign(record, fresh, { launch: record.launch + 1 })
    node.attempts.push(record)
    this.#begin(node, record, planned, done)
  }

  stop(id: string): void {
    const live = this.#live.get(id)
    if (!live || live.controller.signal.aborted) return
    live.controller.abort()
    this.#stopExecution(live)
  }

  #stopExecution(live: Live): void {
    if (live.execution && !live.stopping) live.stopping = live.execution.stop(this.#services.grace)
  }

  planned(plan: Plan): void {
    const { record } = this
    const runChanged = plan.run !== record.state && !OVER.has(plan.run)
    if (runChanged) record.state = plan.run
    for (const [id, { state, blockedBy }] of plan.nodes) {
      const node = this.#node(id)
      if (node.state === state && node.blockedBy.join() === blockedBy.join()) continue
      node.state = state
      node.blockedBy = blockedBy
      this.#changed.add(node)
    }
    if (this.#changed.size > 0 || runChanged) this.#save()
  }

  finished(state: RunState): void {
    void this.#close(state)
  }

  /** A cancelled run is over only when no process of it is left, also of nodes that had ended before: until then it is cancelling. */
  async #close(state: RunState): Promise<void> {
    const { record } = this
    if (state === 'cancelled') await this.#services.runner.sweep('SECXOPS_RUN', record.id, 0)
    record.state = state
    record.endedAt = new Date().toISOString()
    record.duration = (record.duration ?? 0) + performance.now() - this.#since
    await this.#save().finally(this.#settleOver)
  }

  #node(id: string): NodeRecord {
    const node = this.record.nodes.get(id)
    if (!node) throw new Error(`run ${this.record.id} has no node ${id}`)
    return node
  }

  #plannedOf(id: string): PlannedAttempt {
    const planned = this.#planned.get(id)
    if (!planned) throw new Error(`node ${id} was started before it was resolved`)
    return planned
  }

  #hooks(node: NodeRecord, { attempt }: AttemptRecord, live: Live) {
    return {
      signal: live.controller.signal,
      phase: (phase: AttemptPhase, progress?: string) => {
        if (attempt.phase === phase && attempt.progress === progress) return
        attempt.phase = phase
        attempt.progress = progress
        this.#tell(node)
      },
      started: (execution: Execution) => {
        live.execution = execution
        if (live.controller.signal.aborted) this.#stopExecution(live)
      },
    }
  }

  #carryOut(node: NodeRecord, record: AttemptRecord, done: Done, work: (live: Live) => Promise<Outcome>): void {
    const live: Live = { controller: new AbortController() }
    this.#live.set(node.id, live)
    const outcome = work(live).then(async (result) => {
      await live.stopping
      this.#live.delete(node.id)
      return result
    })
    void this.#end(node, record, outcome, done)
  }

  /** Writes the end of an attempt, what it published, and what starts because of it, in one transaction; only then is it shown. */
  async #end(node: NodeRecord, record: AttemptRecord, outcome: Promise<Outcome>, done: Done): Promise<void> {
    const started = performance.now()
    const result = await outcome.catch(failure)
    const ended: Attempt = {
      ...record.attempt,
      ...result,
      phase: undefined,
      progress: undefined,
      endedAt: new Date().toISOString(),
      duration: performance.now() - started,
    }
    let told = false
    const tell = (attempt: Attempt): void => {
      record.attempt = attempt
      this.#note(node)
      if (!told) done(attempt.signature)
      told = true
    }
    const { journal, library } = this.#services
    try {
      await journal.write((db) => {
        if (result.state === 'succeeded') ended.outputs = publishIn(db, library, this.record, node, ended)
        journal.putAttemptIn(db, this.record.id, node.id, { ...record, attempt: ended })
        tell(ended)
      })
      void dropLeavings(node, (number) => this.#services.attemptDirectory(this.record.id, node.id, number))
    } catch (error) {
      // Not durable, so not succeeded. After a restart the exit file is found and the outputs are taken again.
      tell({ ...ended, state: 'failed', outputs: {}, error: bodyOf(error) })
      this.#loop.kick()
    }
  }

  /** Writes what has changed, then tells it. */
  async #save(): Promise<void> {
    const { journal } = this.#services
    const nodes = [...this.#changed]
    this.#changed.clear()
    this.record.seq += 1
    try {
      await journal.write((db) => {
        journal.updateRunIn(db, this.record)
        for (const node of nodes) journal.updateNodeIn(db, this.record.id, node)
      })
    } catch (error) {
      console.error(`run ${this.record.id}: its state could not be written`, bodyOf(error).message)
    }
    for (const node of nodes) this.#tell(node)
    this.#services.events.publish({ type: 'run', run: toSummary(this.record) })
  }

  #tell(node: NodeRecord): void {
    this.#services.events.publish({ type: 'node', runId: this.record.id, seq: this.record.seq, node: toNode(node) })
  }
}

const OVER: ReadonlySet<RunState> = new Set(['succeeded', 'failed', 'cancelled'])
