import { randomUUID } from 'node:crypto'
import { SecxopsError } from '@secxops/protocol/errors'
import type { Suggestion } from '@secxops/protocol/labels'
import type { Store } from '../../services.ts'
import { suggestionOf } from '../engine/suggestion.ts'
import type { WorkerAnswer } from '../engine/worker-calls.ts'
import { SURE } from '../ranking/answer.ts'
import { CLASSIC_HITS, type ClassicAnswer, classicAnswer, classicRow } from '../ranking/classic.ts'
import { normalised } from '../ranking/text-views.ts'
import type { Embedding, LabelBases } from '../services.ts'
import type { CollectionHit } from './collection.ts'
import type { VectorSearch } from './vector-search.ts'

export interface ClassicNeeds {
  store: Store
  bases: LabelBases
  embedding: Embedding
  search: Pick<VectorSearch, 'search'>
  embedderOf(base: string): string
}

const ALTERNATIVES = 5
const SPEAKERS = 3
const MODEL = `classic-k${CLASSIC_HITS}`

/** Answers of the published method over Milvus, one after the other: a base that learns by itself answers the next text otherwise. */
export function createClassic(
  needs: ClassicNeeds,
): (base: string, texts: readonly string[], signal?: AbortSignal) => Promise<Suggestion[]> {
  const { bases, embedding, search, embedderOf } = needs
  return async (base, texts, signal) => {
    const { depth, references, selfLearning } = bases.get(base)
    if (references === 0)
      throw new SecxopsError({
        code: 'bad-request',
        message: `The reference base ${base} has no references yet, so it cannot suggest a label. Import some, or label this text yourself: it becomes the first.`,
      })
    const vectors = await embedding.vectors(
      texts.map((text) => normalised(text).trimEnd().toWellFormed()),
      { embedder: embedderOf(base), asked: true, ...(signal ? { signal } : {}) },
    )
    const suggestions: Suggestion[] = []
    for (const [at, text] of texts.entries()) {
      const vector = vectors[at] as Float32Array
      const baseVersion = bases.version(base)
      const answer = await classicAnswer((filter, count) => search.search(base, vector, count, filter, signal), depth)
      if (!answer)
        throw new SecxopsError({ code: 'internal', message: `Milvus found no reference of ${base} near the text.` })
      const origin = { base, baseVersion, model: MODEL, strategy: 'classic' } as const
      suggestions.push(suggestionOf(origin, text, shownAnswer(answer), bases.decided(base, text)))
      if (selfLearning) await writeBack(needs, base, text, answer)
    }
    return suggestions
  }
}

/** The method knows one confidence for the whole path and none for "unknown". */
function shownAnswer({ path, confidence: raw, rounds }: ClassicAnswer): WorkerAnswer {
  const confidence = clamped(raw)
  const sure = confidence >= SURE
  const hits = (rounds.at(-1)?.hits ?? []) as readonly CollectionHit[]
  const same = (other: readonly string[]): boolean => other.join('\0') === path.join('\0')
  const others = new Map(
    [...hits]
      .reverse()
      .filter((hit) => !same(hit.path))
      .map((hit) => [
        hit.path.join('\0'),
        { path: [...hit.path], confidence: clamped(hit.similarity * hit.confidence) },
      ]),
  )
  const speakers = hits.filter((hit) => same(hit.path)).slice(0, SPEAKERS)
  const total = speakers.reduce((sum, { similarity }) => sum + Math.max(0, similarity), 0)
  return {
    path,
    confidence,
    level_confidence: path.map(() => confidence),
    state: sure ? 'leaf' : 'unknown',
    sure_levels: sure ? path.length : 0,
    known: 1,
    alternatives: [
      { path, confidence },
      ...[...others.values()].sort((a, b) => b.confidence - a.confidence).slice(0, ALTERNATIVES - 1),
    ],
    why: speakers.map(({ id, text, similarity }) => ({
      id,
      text,
      path: [...path],
      likeness: similarity,
      share: total > 0 ? Math.max(0, similarity) / total : 0,
    })),
  }
}

/** As published: the row with the same text is replaced by the machine's own answer. */
async function writeBack(
  { store, bases }: ClassicNeeds,
  base: string,
  text: string,
  answer: ClassicAnswer,
): Promise<void> {
  const { path, confidence } = classicRow(text, answer)
  if (confidence <= 0) return
  const change = {
    id: randomUUID(),
    by: 'classic',
    kind: 'generate',
    title: 'Labelled by the strategy classic itself',
  } as const
  await store.write((db) =>
    bases.writeIn(db, base, change, [{ text, path: [...path], origin: 'classic', trust: Math.min(1, confidence) }]),
  )
  bases.written(base)
}

const clamped = (value: number): number => Math.min(1, Math.max(0, value))
