import type { Reference } from './reference.ts'

/** Hits of each round, as the published text names no number. */
export const CLASSIC_HITS = 10
const KEPT = 2

/** A stored reference that a search found. */
export interface ClassicHit {
  path: readonly string[]
  /** Cosine between the text and the reference. */
  similarity: number
  /** Stored with the reference; 1 for one that a human made. */
  confidence: number
}

/** For each level that is decided so far the values that a hit may have there. */
export type ClassicFilter = readonly (readonly string[])[]

/** The most similar references within the filter, most similar first. */
export type ClassicSearch = (filter: ClassicFilter, count: number) => Promise<readonly ClassicHit[]>

/** What one round saw and decided. */
export interface ClassicRound {
  hits: readonly ClassicHit[]
  /** Sum of the normalised confidences of the hits, by value of the level; best first. */
  votes: { value: string; weight: number }[]
  kept: string[]
}

export interface ClassicAnswer {
  path: string[]
  /** Similarity × stored confidence of the top hit. */
  confidence: number
  rounds: ClassicRound[]
}

/**
 * The published method: one round a level, each a search within what the rounds before it kept, a vote weighted by the hits'
 * stored confidence, and the best two values as the next filter; the top hit in the end gives all labels. Undefined where
 * the first search finds nothing.
 */
export async function classicAnswer(
  search: ClassicSearch,
  levels: number,
  count = CLASSIC_HITS,
): Promise<ClassicAnswer | undefined> {
  const rounds: ClassicRound[] = []
  const filter: string[][] = []
  for (let level = 0; level < levels; level++) {
    const hits = await search(filter, count)
    if (hits.length === 0) return undefined
    const votes = classicVotes(hits, level)
    const kept = votes.slice(0, KEPT).map(({ value }) => value)
    rounds.push({ hits, votes, kept })
    filter.push(kept)
  }
  const last = rounds.at(-1)
  const top = last?.hits.find((hit) => last.kept.includes(hit.path[levels - 1] ?? ''))
  if (!top) return undefined
  return { path: [...top.path], confidence: top.similarity * top.confidence, rounds }
}

/** Equal votes stay in the order of their most similar hit. */
export function classicVotes(hits: readonly ClassicHit[], level: number): { value: string; weight: number }[] {
  const weights = minMax(hits.map(({ confidence }) => confidence))
  const sums = new Map<string, number>()
  hits.forEach(({ path }, at) => {
    const value = path[level] ?? ''
    sums.set(value, (sums.get(value) ?? 0) + (weights[at] as number))
  })
  return [...sums].map(([value, weight]) => ({ value, weight })).sort((a, b) => b.weight - a.weight)
}

/**
 * The row that a self-learning base stores of an answer; rows with the same text are deleted before it is inserted. Only for
 * bases that ask for it: what a machine answered then speaks for later texts.
 */
export function classicRow(
  text: string,
  answer: ClassicAnswer,
): Pick<Reference, 'text' | 'path'> & { confidence: number } {
  return { text, path: answer.path, confidence: answer.confidence }
}

/** From 0 to 1 between the least and the most; 1 for all where they are equal. */
function minMax(values: readonly number[]): number[] {
  const least = Math.min(...values)
  const most = Math.max(...values)
  return values.map((value) => (most > least ? (value - least) / (most - least) : 1))
}
