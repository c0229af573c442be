import type { Attempt, AttemptPhase, RunState } from '@secxops/protocol/run'
import type { Plan, PlanAttempt, PlanNode } from '../engine/plan.ts'
import { type LoopWork, type Resolution, RunLoop } from '../engine/run-loop.ts'
import type { Slots } from '../engine/slots.ts'
import type { Execution } from '../runners/runner.ts'
import type { Events } from '../services.ts'
import { AttemptFactory, type PlannedAttempt } from './attempt-factory.ts'
import type { Journal } from './journal.ts'
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
  #settleOver: () => void = () => undefined

  constructor(record: RunRecord, services: RunServices) {
    this.record = record
    this.#services = services
    this.#factory = new AttemptFactory(record, services)
    this.over = new Promise((resolve) => {
      this.#settleOver = resolve
    })
    this.#order = this.#planNodes()
    this.#loop = new RunLoop(
      { nodes: () => this.#order, history: () => this.#history(), edits: () => this.#edits() },
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
    this.#order = this.#planNodes()
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

  #planNodes(): PlanNode[] {
    const { workflow } = this.record.spec
    return [...this.record.nodes.values()].map(({ id, needs }) => ({
      id,
      needs,
      retries: workflow.nodes[id]?.retries ?? this.#factory.retriesOf(id),
    }))
  }

  #history(): Map<string, PlanAttempt[]> {
    return new Map(
      [...this.record.nodes.values()].map(({ id, attempts }) => [id, attempts.map(({ attempt }) => attempt)]),
    )
  }

  #edits() {
    const { forgiven, forced } = this.record.spec
    return {
      cancel: this.record.state === 'cancelling',
      forgiven: new Map(Object.entries(forgiven)),
      forced: new Map(Object.entries(forced)),
    }
  }

  async resolve(id: string): Promise<Resolution> {
    const planned = await this.#factory.plan(id)
    this.#planned.set(id, planned)
    this.#order = this.#planNodes()
    return { signature: planned.signature, cached: planned.cached !== undefined }
  }

  start(id: string): Promise<{ signature: string }> {
    const node = this.#node(id)
    const planned = this.#plannedOf(id)
    const record = this.#factory.begin(node, planned)
    node.attempts.push(record)
    node.stale = []
    this.#changed.add(node)
    const durable = this.#journalAttempt(node, record)
    if (planned.error)
      return this.#end(
        node,
        record,
        durable.then(() => failure(planned.error)),
      )
    return this.#perform(node, record, planned, durable)
  }

  reuse(id: string): Promise<{ signature: string }> {
    const node = this.#node(id)
    const record = this.#factory.reuse(node, this.#plannedOf(id))
    node.attempts.push(record)
    node.stale = []
    this.#changed.add(node)
    const { outputs } = record.attempt
    return this.#end(node, record, Promise.resolve({ state: 'succeeded', outputs }))
  }

  /** Takes over an attempt that was running when the backend ended. */
  async recover(node: NodeRecord): Promise<void> {
    const record = lastAttempt(node)
    if (record?.attempt.state !== 'running') return
    const execution = await this.#services.runner.adopt(this.#factory.launchOf(node, record))
    if (execution === 'never-started') return this.#startAnew(node, record)
    // Nobody measured while there was no backend.
    this.#since = Math.min(this.#since, performance.now() - (Date.now() - Date.parse(record.attempt.startedAt)))
    const ended = this.#carryOut(node, record, (live) =>
      settle(this.#services, this.#factory.adoptedJob(node, record, this.#hooks(node, record, live)), execution),
    )
    this.#loop.follow(node.id, ended)
  }

  /** The intent was durable but the command surely never began: the same attempt begins, with what holds now. */
  async #startAnew(node: NodeRecord, record: AttemptRecord): Promise<void> {
    if (this.record.state === 'cancelling') {
      this.#loop.follow(node.id, this.#end(node, record, Promise.resolve({ state: 'cancelled', outputs: {} })))
      return
    }
    const planned = await this.#factory.plan(node.id)
    node.attempts.pop()
    const fresh = this.#factory.begin(node, planned)
    Object.assign(record, fresh, { launch: record.launch + 1 })
    node.attempts.push(record)
    const durable = this.#journalAttempt(node, record)
    const ended = planned.error
      ? this.#end(
          node,
          record,
          durable.then(() => failure(planned.error)),
        )
      : this.#perform(node, record, planned, durable)
    this.#loop.follow(node.id, ended)
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
    const { record } = this
    record.state = state
    record.endedAt = new Date().toISOString()
    record.duration = (record.duration ?? 0) + performance.now() - this.#since
    void this.#sweep().then(() => this.#save().finally(this.#settleOver))
  }

  /** A cancelled run is over only when no process of it is left, also of nodes that had ended before. */
  async #sweep(): Promise<void> {
    if (this.record.state === 'cancelled') await this.#services.runner.sweep('SECXOPS_RUN', this.record.id, 0)
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

  #perform(node: NodeRecord, record: AttemptRecord, planned: PlannedAttempt, durable: Promise<void>) {
    return this.#carryOut(node, record, (live) =>
      perform(this.#services, this.#factory.job(node, record, planned, this.#hooks(node, record, live)), durable),
    )
  }

  #carryOut(
    node: NodeRecord,
    record: AttemptRecord,
    work: (live: Live) => Promise<Outcome>,
  ): Promise<{ signature: string }> {
    const live: Live = { controller: new AbortController() }
    this.#live.set(node.id, live)
    const outcome = work(live).then(async (result) => {
      await live.stopping
      this.#live.delete(node.id)
      return result
    })
    return this.#end(node, record, outcome)
  }

  /** Writes the end of an attempt and what it published in one transaction; only then is it shown. */
  async #end(node: NodeRecord, record: AttemptRecord, outcome: Promise<Outcome>): Promise<{ signature: string }> {
    const started = performance.now()
    const result = await outcome.catch(failure)
    const endedAt = new Date()
    const ended: Attempt = {
      ...record.attempt,
      ...result,
      phase: undefined,
      progress: undefined,
      endedAt: endedAt.toISOString(),
      duration: performance.now() - started,
    }
    try {
      await this.#services.journal.write((db) => {
        if (result.state === 'succeeded')
          ended.outputs = publishIn(db, this.#services.library, this.record, node, ended)
        this.#services.journal.putAttemptIn(db, this.record.id, node.id, { ...record, attempt: ended })
      })
      record.attempt = ended
    } catch (error) {
      // Not durable, so not succeeded. After a restart the exit file is found and the outputs are taken again.
      record.attempt = { ...ended, state: 'failed', outputs: {}, error: bodyOf(error) }
    }
    this.#changed.add(node)
    return { signature: record.attempt.signature }
  }

  #journalAttempt(node: NodeRecord, record: AttemptRecord): Promise<void> {
    return this.#services.journal.write((db) =>
      this.#services.journal.putAttemptIn(db, this.record.id, node.id, record),
    )
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
