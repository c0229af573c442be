import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { ServerEvent } from '@secxops/protocol/events'
import type { LabelChange, LabelPath, TaxonomyEdit } from '@secxops/protocol/labels'
import { createEvents } from '../../../server/events.ts'
import type { Store } from '../../../services.ts'
import { openStore } from '../../../store/store.ts'
import type { ReferencesChanged } from '../../services.ts'
import { type Bases, createBases } from '../bases.ts'
import { baseMigrations } from '../migrations.ts'

/** A store of its own with one base, `alerts`, and short ways to change and to look at it. */
export class TryBases {
  readonly #path = join(mkdtempSync(join(tmpdir(), 'secxops-bases-')), 'a.db')
  store!: Store
  bases!: Bases
  heard: ServerEvent[] = []
  told: ReferencesChanged[] = []
  suspicions = new Map<string, { amount: number; instead: LabelPath }>()

  static async make(): Promise<TryBases> {
    const made = new TryBases()
    made.#open()
    await made.bases.catalog.create({ name: 'alerts' })
    return made
  }

  /** As after a restart of the backend. */
  async reopen(): Promise<void> {
    await this.store.close()
    this.#open()
  }

  #open(): void {
    this.store = openStore(this.#path, 'next', baseMigrations)
    const events = createEvents()
    events.subscribe((event) => this.heard.push(event))
    this.bases = createBases(this.store, events, {
      state: () => undefined,
      waiting: () => 0,
      model: () => undefined,
      embedder: () => ({ model: 'test' }),
      suspicions: async () => this.suspicions,
    })
    this.bases.onChange((change) => this.told.push(change))
  }

  accept(text: string, path: LabelPath, by = 'ada'): Promise<LabelChange> {
    return this.bases.changes.accept('alerts', { text, path }, by)
  }

  undo(change?: string): Promise<LabelChange> {
    return this.bases.changes.undo('alerts', change, 'ada')
  }

  edit(...edits: TaxonomyEdit[]): Promise<LabelChange> {
    return this.bases.changes.editTree('alerts', this.bases.taxonomy('alerts').version, edits, 'ada')
  }

  /** Id of the label with this path; -1 when there is none. */
  idOf(...names: string[]): number {
    const { nodes } = this.bases.taxonomy('alerts')
    let id: number | undefined
    for (const name of names) id = nodes.find((node) => node.parent === id && node.name === name)?.id ?? -1
    return id ?? -1
  }

  leaves(): string[] {
    return this.bases.leaves('alerts').map((leaf) => leaf.join('/'))
  }

  /** Label of each text. */
  labelled(): Record<string, string> {
    return Object.fromEntries(this.bases.references('alerts').map(({ text, path }) => [text, path.join('/')]))
  }
}

/** What a promise was refused with. */
export function refusal(promise: Promise<unknown>): Promise<ErrorBody> {
  return promise.then(
    () => Promise.reject(new Error('it was not refused')),
    (error) => error.body ?? Promise.reject(error),
  )
}
