import type { Coverage, JournalEntry, LabelChange, LabelledText } from '@secxops/protocol/labels'
import type { Events, Store } from '../../services.ts'
import { statement } from '../../store/statement.ts'
import type { BaseStanding, LabelBases, StoredReference } from '../services.ts'
import { agreementByLevel, type LevelAgreement } from './agreement.ts'
import { BaseCatalog } from './base-catalog.ts'
import { BaseChanges } from './base-changes.ts'
import { type DecidedText, decidedTexts } from './decisions.ts'
import { changes, journal } from './journal-rows.ts'
import { labelledTexts } from './labelled-texts.ts'
import { newestReferences, type ReferenceFilter, type ReferencePage, suspectReferences } from './list-references.ts'
import { NodePaths } from './node-paths.ts'
import { readLeaves, readTree } from './read-tree.ts'
import { references } from './reference-rows.ts'
import { referenceId } from './write-labels.ts'

/** Texts with different labels that the agreement names; the newest. */
const CONFLICTS_SHOWN = 1000

export interface Agreement {
  texts: number
  people: string[]
  levels: LevelAgreement[]
  conflicts: DecidedText[]
}

export interface Page {
  offset?: number
  limit?: number
}

/** What the routes serve, besides what the other parts of the labeler need. */
export interface Bases extends LabelBases {
  readonly catalog: BaseCatalog
  readonly changes: BaseChanges
  listReferences(
    base: string,
    filter: ReferenceFilter & Page & { order?: 'newest' | 'suspect' },
  ): Promise<ReferencePage>
  /** `enough`: references that a leaf should have. */
  coverage(base: string, enough: number): Promise<Coverage>
  /** Newest first. */
  listChanges(base: string, page: Page): LabelChange[]
  /** Oldest first. */
  listJournal(base: string, change: string | undefined, page: Page): { total: number; entries: JournalEntry[] }
  /** What people labelled in a file, the newest first. */
  labelled(file: string): LabelledText[]
  agreement(base: string): Agreement
}

export function createBases(store: Store, events: Events, standing: BaseStanding): Bases {
  const { db } = store
  const catalog = new BaseCatalog(store, events, standing)
  const changing = new BaseChanges(store, events, catalog)
  return {
    catalog,
    changes: changing,
    get: (base) => catalog.get(base),
    version: (base) => catalog.row(base).version,
    strategy: (base) => catalog.row(base).strategy,
    referenceId,
    writeIn: (db, base, change, labels) => changing.writeIn(db, base, change, labels),
    written: (base) => changing.written(base),
    onChange: (listener) => changing.onChange(listener),

    references(base) {
      const { name } = catalog.row(base)
      const paths = new NodePaths(db, name)
      return statement(db, 'SELECT id, text, node, trust FROM label_references WHERE base = ? ORDER BY id')
        .all(name)
        .map(
          (row): StoredReference => ({
            id: String(row.id),
            text: String(row.text),
            path: paths.of(Number(row.node)),
            trust: Number(row.trust),
          }),
        )
    },

    leaves: (base) => readLeaves(db, catalog.row(base).name).map(({ path }) => path),

    decided(base, text) {
      const { name } = catalog.row(base)
      const found = references.get(db, name, referenceId(text))
      if (found?.origin !== 'human') return undefined
      return { path: new NodePaths(db, name).of(found.node), by: found.by, at: found.at }
    },

    taxonomy: (base) => readTree(db, catalog.row(base)),

    async listReferences(base, { order, offset = 0, limit = 100, ...filter }) {
      const { name } = catalog.row(base)
      if (order !== 'suspect') return newestReferences(db, name, filter, offset, limit)
      return suspectReferences(db, name, filter, await standing.suspicions(name), offset, limit)
    },

    async coverage(base, enough) {
      const { name } = catalog.row(base)
      const suspicions = await standing.suspicions(name).catch(() => undefined)
      const counts = references.countByNode(db, name)
      const suspects = new Map<number, number>()
      for (const [id, { amount }] of suspicions ?? []) {
        const node = amount > 0 ? references.get(db, name, id)?.node : undefined
        if (node !== undefined) suspects.set(node, (suspects.get(node) ?? 0) + 1)
      }
      const leaves = readLeaves(db, name).map(({ id, path }) => ({
        path,
        references: counts.get(id)?.all ?? 0,
        human: counts.get(id)?.human ?? 0,
        ...(suspicions ? { suspect: suspects.get(id) ?? 0 } : {}),
      }))
      return { leaves, enough }
    },

    listChanges: (base, { offset = 0, limit = 100 }) => changes.list(db, catalog.row(base).name, offset, limit),

    listJournal: (base, change, { offset = 0, limit = 100 }) =>
      journal.list(db, catalog.row(base).name, change, offset, limit),

    labelled: (file) => labelledTexts(db, file),

    agreement(base) {
      const { name, levels } = catalog.row(base)
      const texts = decidedTexts(db, name)
      const several = texts.filter(({ labels }) => labels.length > 1)
      return {
        texts: several.length,
        people: [...new Set(texts.flatMap(({ labels }) => labels.map(({ by }) => by)))].sort(),
        levels: agreementByLevel(
          several.map(({ labels }) => labels),
          (level) => levels[level] ?? `level ${level + 1}`,
        ),
        conflicts: several
          .filter(({ labels }) => labels.some(({ path }) => path.join('\u0000') !== labels[0]?.path.join('\u0000')))
          .slice(0, CONFLICTS_SHOWN),
      }
    },
  }
}
