import { SecxopsError } from '@secxops/protocol/errors'
import { DEFAULT_LEVELS } from '@secxops/protocol/label-words'
import type { BaseDetail, BaseSummary, Strategy } from '@secxops/protocol/labels'
import { suggestion } from '@secxops/protocol/suggest'
import type { Events, Store } from '../../services.ts'
import type { BaseStanding } from '../services.ts'
import { type BaseRow, bases } from './base-rows.ts'
import { labelName } from './label-name.ts'
import { references } from './reference-rows.ts'

/** Days a removed base can be restored. */
const TRASH_DAYS = 30

export interface NewBase {
  name: string
  description?: string
  levels?: string[]
  strategy?: Strategy
  selfLearning?: boolean
}

/** Which bases there are. */
export class BaseCatalog {
  readonly #store: Store
  readonly #events: Events
  readonly #standing: BaseStanding

  constructor(store: Store, events: Events, standing: BaseStanding) {
    this.#store = store
    this.#events = events
    this.#standing = standing
  }

  /** Throws not-found with a suggestion, also for a base that was removed. */
  row(name: string): BaseRow {
    const row = bases.get(this.#store.db, name)
    if (row && row.removedAt === undefined) return row
    if (row?.removedAt !== undefined)
      throw new SecxopsError({
        code: 'not-found',
        message: `The reference base ${name} was removed. It can be restored until ${restorableUntil(row.removedAt)}.`,
        next: [{ kind: 'run-command', label: 'Restore it', command: `secxops label base restore ${name}` }],
      })
    const names = bases.list(this.#store.db).map((base) => base.name)
    throw new SecxopsError({
      code: 'not-found',
      message: `There is no reference base named ${name}.${suggestion(name, names)}`,
      next: [{ kind: 'run-command', label: 'Make it', command: `secxops label base create ${name}` }],
    })
  }

  list(): BaseSummary[] {
    return bases.list(this.#store.db).map((row) => this.#summary(row))
  }

  get(name: string): BaseDetail {
    const row = this.row(name)
    const model = this.#standing.model(name)
    return {
      ...this.#summary(row),
      levels: row.levels,
      strategy: row.strategy,
      selfLearning: row.selfLearning,
      embedder: this.#standing.embedder(name),
      ...(model ? { model } : {}),
    }
  }

  /** Rejects with conflict when the name is taken, also by a base that can still be restored. */
  async create({ name, description = '', levels, strategy, selfLearning }: NewBase): Promise<BaseDetail> {
    const row: BaseRow = {
      name,
      description,
      createdAt: new Date().toISOString(),
      version: 0,
      treeVersion: 0,
      nextNode: 1,
      levels: (levels ?? [...DEFAULT_LEVELS]).map(labelName),
      strategy: strategy ?? 'fused',
      selfLearning: selfLearning ?? false,
      leaves: 0,
      depth: 0,
    }
    if (row.selfLearning && row.strategy !== 'classic')
      throw new SecxopsError({
        code: 'bad-request',
        message: 'Only the strategy "classic" can write its own answers back. Choose it, or leave self-learning off.',
      })
    await this.#store.write((db) => {
      const there = bases.get(db, name)
      if (there)
        throw new SecxopsError({
          code: 'conflict',
          message:
            there.removedAt === undefined
              ? `There is a reference base named ${name} already.`
              : `A removed reference base has the name ${name} until ${restorableUntil(there.removedAt)}. Restore it, or take another name.`,
        })
      bases.add(db, row)
    })
    this.#events.publish({ type: 'labels', base: name, version: row.version })
    return this.get(name)
  }

  /** Tells pages that what a base does at the moment, and with it its state, is another than before. */
  tellState(name: string): void {
    const row = bases.get(this.#store.db, name)
    if (row && row.removedAt === undefined)
      this.#events.publish({ type: 'labels', base: name, version: row.version, sameTree: true })
  }

  /**
   * Hides a base for 30 days, or with `forever` drops it with all that belongs to it; `confirm` must be its name. Rejects with
   * conflict where work on it goes on that would be dropped.
   */
  async remove(name: string, confirm: string, forever = false): Promise<void> {
    if (confirm !== name)
      throw new SecxopsError({ code: 'bad-request', message: `To remove it, confirm with its name: ${name}` })
    this.row(name)
    if (forever && this.#standing.state(name)?.state === 'working')
      throw new SecxopsError({
        code: 'conflict',
        message: `${name} is at work. Wait for it or cancel its jobs, then remove it.`,
      })
    await this.#store.write((db) =>
      forever ? bases.drop(db, name) : bases.setRemoved(db, name, new Date().toISOString()),
    )
    this.#events.publish({ type: 'labels', base: name })
  }

  async restore(name: string): Promise<BaseDetail> {
    if (bases.get(this.#store.db, name)?.removedAt === undefined) return this.get(name)
    await this.#store.write((db) => bases.setRemoved(db, name, null))
    const base = this.get(name)
    this.#events.publish({ type: 'labels', base: name, version: base.version })
    return base
  }

  /** Drops what can no longer be restored, with all that refers to it; answers the names. */
  async purge(now = new Date()): Promise<string[]> {
    const before = new Date(now.getTime() - TRASH_DAYS * 86_400_000).toISOString()
    const names = bases.removedBefore(this.#store.db, before)
    for (const name of names) await this.#store.write((db) => bases.drop(db, name))
    return names
  }

  #summary(row: BaseRow): BaseSummary {
    const count = references.count(this.#store.db, row.name)
    return {
      name: row.name,
      description: row.description,
      createdAt: row.createdAt,
      version: row.version,
      references: count,
      leaves: row.leaves,
      depth: row.depth,
      waiting: this.#standing.waiting(row.name),
      state: this.#standing.state(row.name) ?? { state: count === 0 ? 'empty' : 'ready' },
    }
  }
}

function restorableUntil(removedAt: string): string {
  return new Date(Date.parse(removedAt) + TRASH_DAYS * 86_400_000).toISOString().slice(0, 10)
}
