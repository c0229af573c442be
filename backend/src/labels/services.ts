import type { DatabaseSync } from 'node:sqlite'
import type {
  BaseDetail,
  BaseState,
  LabelChange,
  LabelJob,
  LabelPath,
  ReferenceOrigin,
  Strategy,
  Suggestion,
  Taxonomy,
  TextSource,
} from '@secxops/protocol/labels'

/** How the parts of the labeler see each other; `create-labels.ts` puts them together. */

/** A reference as the ranking and the vector store need it. */
export interface StoredReference {
  /** From the text; see {@link LabelBases.referenceId}. */
  id: string
  /** Normalised: what is embedded. */
  text: string
  path: LabelPath
  trust: number
}

/** A reference or decision to be written; a text that is there already gets the new label and trust. */
export interface NewLabel {
  text: string
  path: LabelPath
  origin: ReferenceOrigin
  trust: number
  source?: TextSource
  suggested?: Pick<Suggestion, 'path' | 'confidence' | 'model' | 'baseVersion'>
}

/** What changed in the references of a base. */
export interface ReferencesChanged {
  base: string
  /** Version of the base after the change. */
  version: number
  added: StoredReference[]
  removed: string[]
  /** The tree changed: names, places or leaves. */
  tree: boolean
}

/** Bases, their trees, references, decisions and journal (`bases/`). SQLite is the truth. */
export interface LabelBases {
  /** Rejects with not-found and a suggestion. */
  get(base: string): BaseDetail
  version(base: string): number
  /** How the base answers where nobody says otherwise; as cheap as {@link version}. */
  strategy(base: string): Strategy
  /** Sorted by id. */
  references(base: string): StoredReference[]
  /** Leaves of the tree, with or without references. */
  leaves(base: string): LabelPath[]
  taxonomy(base: string): Taxonomy
  /** What a human last decided of this very text. */
  decided(base: string, text: string): { path: LabelPath; by: string; at: string } | undefined
  /** Identity of a text as a reference. */
  referenceId(text: string): string
  /**
   * Writes labels inside a caller's transaction, as part of one change that undo takes back as a whole. Labels that the tree lacks are
   * added to it. Two callers with one `change.id` add to the same change.
   */
  writeIn(
    db: DatabaseSync,
    base: string,
    change: Pick<LabelChange, 'id' | 'by' | 'kind' | 'title'>,
    labels: readonly NewLabel[],
  ): LabelChange
  /** Must be called after the transaction of {@link writeIn} is durable: tells listeners and pages. */
  written(base: string): void
  onChange(listener: (change: ReferencesChanged) => void): void
}

/** What a base's page tells of the parts around it; `create-labels.ts` asks them. */
export interface BaseStanding {
  /** Undefined: nothing goes on and nothing is wrong. */
  state(base: string): BaseState | undefined
  /** Rows of the newest labelling of each file that wait for a decision. */
  waiting(base: string): number
  model(base: string): BaseDetail['model']
  embedder(base: string): BaseDetail['embedder']
  /** As {@link LabelEngine.suspicions}. */
  suspicions(base: string): ReturnType<LabelEngine['suspicions']>
}

/** Where texts become vectors (`embedding/`). */
export interface Embedding {
  /** Identity of the embedder that the settings name: model and where it is. Vectors of two are never mixed. */
  identity(): string
  /** Length of its vectors; undefined until it has answered once. */
  dimension(identity?: string): number | undefined
  /** What the start of the bundled model is doing at the moment, in words. */
  doing(): string | undefined
  /**
   * Vectors of normalised texts, in their order, length 1; kept in SQLite by embedder and text. Rejects with unavailable when the
   * embedder does not answer: what, where, what to do; with bad-request for an empty text. `embedder`: another identity than that of
   * the settings. `progress`: different texts that are done. `asked`: the texts are questions; of those the ones that were asked last are
   * kept, of all others every one.
   */
  vectors(
    texts: readonly string[],
    options?: { signal?: AbortSignal; progress?(done: number): void; embedder?: string; asked?: boolean },
  ): Promise<Float32Array[]>
  /** What was embedded before, without asking the embedder. */
  known(texts: readonly string[], identity?: string): (Float32Array | undefined)[]
  /** Resolves when all vectors that were answered are durable. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** The ranking of bases (`engine/`), in a worker thread. */
export interface LabelEngine {
  /** Order of calls on one base is kept: an accepted reference counts in the next answer. */
  suggest(base: string, text: string, options?: { strategy?: Strategy; signal?: AbortSignal }): Promise<Suggestion>
  /** Many texts, as they would be answered one by one. */
  suggestAll(
    base: string,
    texts: readonly string[],
    options?: { strategy?: Strategy; signal?: AbortSignal; progress?(done: number): void },
  ): Promise<Suggestion[]>
  /** Fits a new model from the references and makes it the one that answers. `progress`: 0 to 1. */
  learn(base: string, options: { signal: AbortSignal; progress(part: number): void }): Promise<void>
  /** How much the other references contradict each one's label. */
  suspicions(base: string): Promise<Map<string, { amount: number; instead: LabelPath }>>
  close(): Promise<void>
}

/** Long work (`jobs/`). */
export interface LabelJobs {
  /** Makes the job durable and begins it. */
  start(
    base: string,
    kind: LabelJob['kind'],
    subject: string,
    request: Readonly<Record<string, unknown>>,
  ): Promise<LabelJob>
  /** Takes up what a killed backend left. */
  recover(): void
  active(): number
  close(): Promise<void>
}
