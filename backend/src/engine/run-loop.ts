import type { RunState } from '@secxops/protocol/run'
import { type Edits, type Plan, type PlanAttempt, type PlanNode, plan } from './plan.ts'
import type { Slots } from './slots.ts'

/** Signature a node would run with now, and whether a result for it is in the cache. */
export interface Resolution {
  signature: string
  cached: boolean
}

/** Told once when an attempt has ended in `history`, with the signature it really ran with. */
export type Done = (signature: string) => void

/** What the loop lets others do. Nothing here may throw: a failure is a failed attempt. */
export interface LoopWork {
  resolve(id: string): Promise<Resolution>
  /**
   * Begins an attempt: it stands in `history` as running when this returns. `done` may be called within the transaction that
   * makes the end durable; what the loop then starts becomes durable with it.
   */
  start(id: string, done: Done): void
  /** Makes a succeeded attempt out of a cached result; the same rules. */
  reuse(id: string, done: Done): void
  /** Ends the running attempt of a node, on proof; `done` is called then. Asking again changes nothing. */
  stop(id: string): void
  /** States as planned, after the plan's starts have begun. */
  planned(plan: Plan): void
  /** All is over; called once. */
  finished(state: RunState): void
}

export interface LoopState {
  /** Topological order; may change before {@link RunLoop.replan}. */
  nodes(): readonly PlanNode[]
  history(): ReadonlyMap<string, readonly PlanAttempt[]>
  edits(): Pick<Edits, 'cancel' | 'forgiven' | 'forced'>
}

const OVER: ReadonlySet<RunState> = new Set(['succeeded', 'failed', 'cancelled'])

/** Carries out the plan of one run: plans, acts, and plans again whenever something has happened. Begins with the first {@link kick}. */
export class RunLoop {
  readonly #state: LoopState
  readonly #work: LoopWork
  readonly #slots: Slots
  readonly #unsubscribe: () => void
  #followers = new Map<string, string[]>()
  readonly #signatures = new Map<string, string>()
  readonly #cached = new Set<string>()
  readonly #resolving = new Set<string>()
  /** Counts the edits; what was found out before the newest one is not believed. */
  #edition = 0
  /** Nodes whose attempt this loop has begun or taken over. */
  readonly #running = new Set<string>()
  #scheduled = false
  #closed = false

  constructor(state: LoopState, work: LoopWork, slots: Slots) {
    this.#state = state
    this.#work = work
    this.#slots = slots
    this.#unsubscribe = slots.onFree(() => this.kick())
    this.#findFollowers()
  }

  /** Forgets what is known of signatures, because something was edited, and plans soon. */
  replan(): void {
    this.#edition += 1
    this.#signatures.clear()
    this.#cached.clear()
    this.#resolving.clear()
    this.#findFollowers()
    this.kick()
  }

  #findFollowers(): void {
    this.#followers = new Map()
    for (const node of this.#state.nodes())
      for (const need of node.needs) {
        const followers = this.#followers.get(need)
        if (followers) followers.push(node.id)
        else this.#followers.set(need, [node.id])
      }
  }

  /** Plans soon; many calls in one turn of the event loop are one plan. */
  kick(): void {
    if (this.#scheduled || this.#closed) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      if (!this.#closed) this.#tick()
    })
  }

  /** Takes over an attempt that runs already (after a restart); answers whom to tell of its end. */
  follow(id: string): Done {
    return this.#begin(id)
  }

  /** No more plans; what runs goes on by itself. */
  close(): void {
    this.#closed = true
    this.#unsubscribe()
  }

  #tick(): void {
    const decided = plan(this.#state.nodes(), this.#state.history(), {
      ...this.#state.edits(),
      signatures: this.#signatures,
      cached: this.#cached,
      slots: this.#slots.free,
    })
    for (const { type, id } of decided.actions) {
      if (type === 'resolve') this.#resolve(id)
      else if (type === 'stop') this.#work.stop(id)
      else this.#work[type](id, this.#begin(id))
    }
    this.#work.planned(decided)
    if (!OVER.has(decided.run) || this.#running.size > 0 || this.#resolving.size > 0) return
    this.close()
    this.#work.finished(decided.run)
  }

  #resolve(id: string): void {
    if (this.#resolving.has(id)) return
    this.#resolving.add(id)
    const edition = this.#edition
    void this.#work.resolve(id).then(({ signature, cached }) => {
      if (edition !== this.#edition) return
      this.#resolving.delete(id)
      this.#signatures.set(id, signature)
      if (cached) this.#cached.add(id)
      this.kick()
    })
  }

  #begin(id: string): Done {
    this.#running.add(id)
    this.#slots.take()
    const edition = this.#edition
    return (signature) => {
      this.#running.delete(id)
      if (edition === this.#edition) this.#signatures.set(id, signature)
      this.#cached.delete(id)
      // Its followers may get other data now.
      for (const follower of this.#followers.get(id) ?? []) {
        this.#signatures.delete(follower)
        this.#cached.delete(follower)
      }
      this.#slots.release()
      if (!this.#closed) this.#tick()
    }
  }
}
