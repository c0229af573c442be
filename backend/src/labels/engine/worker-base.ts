import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { findEmbedder, readVector } from '../embedding/vector-table.ts'
import { defaultModel } from '../ranking/default-model.ts'
import { fitRanking, type RankingModel } from '../ranking/fit.ts'
import { labelTree, nameWords } from '../ranking/label-tree.ts'
import { defaultWeights, evidenceWidth } from '../ranking/leaf-evidence.ts'
import { RankingBase } from '../ranking/ranking-base.ts'
import type { Reference } from '../ranking/reference.ts'
import { textGrams } from '../ranking/text-features.ts'
import { normalised } from '../ranking/text-views.ts'
import { readGrams, writeGrams } from './gram-file.ts'
import { modelBytes, modelOf } from './model-bytes.ts'
import { readModelBytes } from './model-table.ts'
import type { BaseSnapshot, RankedAnswers, WorkerAnswer, WorkerCalls } from './worker-calls.ts'

/** Up to this many references, what was not learnt is derived anew with every change: the statistics of three texts say nothing of ten. */
const SMALL = 200

interface LoadedModel {
  version: string
  learnt: boolean
  value: RankingModel
}

type Handlers = { [Call in keyof WorkerCalls]: (argument: WorkerCalls[Call][0]) => WorkerCalls[Call][1] }

/** One base in a worker thread. `load` comes first, then `build` or `learn`. */
export class WorkerBase implements Handlers {
  #snapshot: BaseSnapshot | undefined
  #version = 0
  #ranking: RankingBase | undefined
  #model: LoadedModel | undefined
  readonly #references = new Map<string, Reference>()
  readonly #vectors = new Map<string, Float32Array>()

  load(snapshot: BaseSnapshot): { missing: string[] } {
    this.#snapshot = snapshot
    return { missing: this.#readVectors() }
  }

  build(): null {
    const { references, leaves, version } = this.#loaded()
    this.#version = version
    this.#references.clear()
    const counted = readGrams(this.#loaded().grams)
    for (const reference of references) {
      const grams = counted.get(reference.id)
      const vector = this.#vectorOf(reference.text)
      this.#references.set(reference.id, { ...reference, vector, ...(grams ? { grams } : {}) })
    }
    this.#model = this.#storedModel()
    this.#rank(leaves)
    return null
  }

  answer({ texts }: WorkerCalls['answer'][0]): RankedAnswers {
    const ranking = this.#built()
    const answers = texts.map(({ text, vector, among }): WorkerAnswer => {
      const answer = ranking.answer(text, vector, among ? { among } : {})
      return {
        ...answer,
        why: answer.why.flatMap(({ id, likeness, share }) => {
          const reference = this.#references.get(id)
          return reference ? [{ id, text: reference.text, path: [...reference.path], likeness, share }] : []
        }),
      }
    })
    return { answers, version: this.#version, model: this.#model?.version ?? '' }
  }

  change({ version, added, removed }: WorkerCalls['change'][0]): null {
    const ranking = this.#built()
    this.#version = version
    for (const id of removed) this.#references.delete(id)
    for (const reference of added) this.#references.set(reference.id, reference)
    if (!this.#model?.learnt && this.#references.size <= SMALL) {
      this.#model = undefined
      this.#rank(this.#loaded().leaves)
    } else if (added.some(({ path }) => !ranking.hasLeaf(path))) this.#rank(this.#loaded().leaves)
    else {
      for (const id of removed) ranking.remove(id)
      for (const reference of added) ranking.add(reference)
    }
    return null
  }

  suspicions({ from, count }: WorkerCalls['suspicions'][0]): WorkerCalls['suspicions'][1] {
    const ranking = this.#built()
    return [...this.#references.keys()]
      .sort()
      .slice(from, from + count)
      .flatMap((id) => {
        const suspicion = ranking.suspicion(id)
        return suspicion ? [{ id, ...suspicion }] : []
      })
  }

  learn(): WorkerCalls['learn'][1] {
    const { references, leaves, grams: file } = this.#loaded()
    const complete = references.map((reference) => ({
      ...reference,
      vector: this.#vectorOf(reference.text),
      grams: textGrams(reference.text),
    }))
    const model = fitRanking(complete, this.#nameVectors(), leaves)
    try {
      writeGrams(
        file,
        complete.map(({ id, grams }) => [id, grams]),
      )
    } catch {
      // Without the file the base opens more slowly.
    }
    return { model: modelBytes(model), leftOutRight: model.leftOutRight }
  }

  /** Texts without a vector; the others are read. */
  #readVectors(): string[] {
    const { database, embedder, references } = this.#loaded()
    const db = new DatabaseSync(database, { readOnly: true })
    try {
      const known = findEmbedder(db, embedder)
      const missing = new Set<string>()
      for (const text of [...references.map((reference) => reference.text), ...this.#names().values()]) {
        if (this.#vectors.has(text)) continue
        const vector = known && readVector(db, known.id, text)
        if (vector) this.#vectors.set(text, vector)
        else missing.add(text)
      }
      return [...missing]
    } finally {
      db.close()
    }
  }

  /** The ranking of the references as they are now. */
  #rank(leaves: BaseSnapshot['leaves']): void {
    const references = [...this.#references.values()]
    if (references.length === 0) throw new Error('The base has no references')
    this.#model ??= { version: '', learnt: false, value: defaultModel(references, leaves) }
    if (!this.#model.learnt) this.#model.version = `default-${hashOf(references)}`
    this.#ranking = new RankingBase(fitted(this.#model.value, leaves, references), references, this.#nameVectors())
  }

  #storedModel(): LoadedModel | undefined {
    const { database, base, embedder } = this.#loaded()
    const db = new DatabaseSync(database, { readOnly: true })
    try {
      const stored = readModelBytes(db, base, embedder)
      return stored && { version: stored.version, learnt: true, value: modelOf(stored.bytes) }
    } finally {
      db.close()
    }
  }

  /** What is embedded for each label name. */
  #names(): Map<string, string> {
    const { references, leaves } = this.#loaded()
    const names = new Set([...leaves, ...references.map((reference) => reference.path)].flat())
    return new Map([...names].map((name) => [name, normalised(nameWords(name))]))
  }

  #nameVectors(): Map<string, Float32Array> {
    const vectors = [...this.#names()].map(([name, text]) => [name, this.#vectors.get(text)] as const)
    return new Map(vectors.filter((entry): entry is readonly [string, Float32Array] => entry[1] !== undefined))
  }

  #vectorOf(text: string): Float32Array {
    const vector = this.#vectors.get(text)
    if (!vector) throw new Error('A reference has no vector')
    return vector
  }

  #loaded(): BaseSnapshot {
    if (!this.#snapshot) throw new Error('No base was loaded')
    return this.#snapshot
  }

  #built(): RankingBase {
    if (!this.#ranking) throw new Error('The base was not built')
    return this.#ranking
  }
}

/** The model with the tree as it is now: labels came, went or were renamed since it was learnt. */
function fitted(
  model: RankingModel,
  leaves: readonly (readonly string[])[],
  references: readonly Reference[],
): RankingModel {
  const tree = labelTree([...leaves, ...references.map((reference) => reference.path)])
  const now = { ...model, leaves: tree.leaves }
  // Other levels: the weights and the confidence that were learnt have no place in the new tree.
  if (evidenceWidth(tree) !== model.weights.length)
    return { ...now, weights: defaultWeights(tree), confidence: undefined }
  return now
}

function hashOf(references: readonly Reference[]): string {
  const rows = references
    .map(({ id, path, trust }) => [id, path, trust])
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 16)
}
