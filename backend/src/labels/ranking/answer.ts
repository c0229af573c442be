/** Confidence from which a label is stood by. */
export const SURE = 0.9
const ALTERNATIVES = 5
const SPEAKERS = 3

/** What a base says of one text. The names are those of the file formats. */
export interface Answer {
  /** The likeliest leaf, always whole; {@link Answer.state} says how much of it is stood by. */
  path: string[]
  /** Probability that the whole path is right. */
  confidence: number
  /** Probability that the path is right down to each level; never grows. */
  level_confidence: number[]
  /** leaf: the whole path is sure; ancestor: its first `sure_levels` are; unknown: none is. */
  state: 'leaf' | 'ancestor' | 'unknown'
  sure_levels: number
  /** Probability that the text's label is in the tree at all. */
  known: number
  /** At most five leaves, likeliest first; the first is `path`. */
  alternatives: { path: string[]; confidence: number }[]
  /** The references that speak most for `path`, with their share of what speaks for it. */
  why: { id: string; likeness: number; share: number }[]
}

export interface RankedLeaf {
  path: readonly string[]
  /** Probability if one of the leaves is right. */
  probability: number
}

/** A reference that speaks for the first leaf. */
export interface Voice {
  id: string
  likeness: number
  /** What it adds to the regression onto the leaf; can be negative. */
  amount: number
}

/** Puts an answer together. `levels`: confidence down to each level of the first leaf; `ranked` is not empty. */
export function answerOf(
  ranked: readonly RankedLeaf[],
  levels: readonly number[],
  known: number,
  voices: readonly Voice[],
  sure: number,
): Answer {
  const path = [...(ranked[0]?.path ?? [])]
  // What is right down to a level is right down to those above it.
  const level_confidence: number[] = []
  for (let level = path.length - 1; level >= 0; level--)
    level_confidence.unshift(Math.max(clamped(levels[level] ?? 0), level_confidence[0] ?? 0))
  const confidence = level_confidence.at(-1) ?? 0
  const sure_levels = level_confidence.filter((value) => value >= sure).length
  const rest = Math.max(1e-12, 1 - (ranked[0]?.probability ?? 0))
  const alternatives = ranked.slice(0, ALTERNATIVES).map(({ path: other, probability }, at) => ({
    path: [...other],
    confidence: at === 0 ? confidence : (1 - confidence) * Math.min(1, probability / rest),
  }))
  const speaking = voices
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount || (a.id < b.id ? -1 : 1))
  const total = speaking.reduce((sum, { amount }) => sum + amount, 0)
  return {
    path,
    confidence,
    level_confidence,
    state: sure_levels === path.length && path.length > 0 ? 'leaf' : sure_levels > 0 ? 'ancestor' : 'unknown',
    sure_levels,
    known,
    alternatives,
    why: speaking.slice(0, SPEAKERS).map(({ id, likeness, amount }) => ({ id, likeness, share: amount / total })),
  }
}

function clamped(value: number): number {
  return Math.min(1, Math.max(0, value))
}
