import { denseKernel, dot } from './dense-vectors.ts'
import { GRAM_BUCKETS, isWordBucket } from './grams.ts'
import { type LabelTree, nodeGroupings } from './label-tree.ts'
import { logit } from './logistic.ts'
import { novelty } from './novelty.ts'
import { nodeProbabilities, type Standing } from './standing.ts'

const NEAREST = 10

/** Numbers that tell a right first answer from a wrong one and a known label from an unknown one; the same count for every text of a tree. */
export function confidenceFeatures(tree: LabelTree, standing: Standing): Float64Array {
  const { speakers, evidence, leaves, probabilities, rows } = standing
  const first = leaves[0] as number
  const second = leaves[1] ?? first
  const p1 = probabilities[0] as number
  const p2 = probabilities[1] ?? 1e-6
  const f1 = evidence.regression[first] as number
  const f2 = evidence.regression[second] as number
  const { likeness, cosine, grams } = nearness(standing)
  const nearest = speakers.neighbours.slice(0, NEAREST)
  const agreeing = nodeGroupings(tree).map(
    ({ classOf }) =>
      nearest.filter(({ reference }) => classOf[reference.leaf] === classOf[first]).length /
      Math.max(1, nearest.length),
  )
  let sum = 0
  let squares = 0
  for (const value of evidence.regression) {
    sum += value
    squares += value * value
  }
  const names = tree.depth * 3
  const own = rows[0] as Float64Array
  return Float64Array.from([
    logit(p1),
    Math.log(Math.max(p1, 1e-9)) - Math.log(Math.max(p2, 1e-9)),
    probabilities.reduce((entropy, p) => entropy - (p > 0 ? p * Math.log(p) : 0), 0),
    f1,
    f1 - f2,
    sum,
    squares,
    nearest[0]?.likeness ?? 0,
    nearest.reduce((total, { likeness }) => total + likeness, 0) / Math.max(1, nearest.length),
    likeness.inside[0] ?? 0,
    likeness.outside,
    (likeness.inside[0] ?? 0) - likeness.outside,
    likeness.inside[1] ?? 0,
    likeness.inside[2] ?? 0,
    cosine.inside[0] ?? -1,
    cosine.inside[2] ?? cosine.inside.at(-1) ?? 0,
    cosine.outside,
    grams.inside[0] ?? 0,
    grams.outside,
    ...coverage(standing),
    ...novelty(standing),
    ...agreeing,
    ...[...nodeProbabilities(tree, standing)].slice(0, -1).map(logit),
    // The prototype score and the names' likeness of the first answer, and how far they are above the second's.
    ...own.slice(-names - 1),
    (own.at(-1) as number) - ((rows[1] ?? own).at(-1) as number),
  ])
}

const IN_TEXT = 1
const IN_NEIGHBOURS = 2
const IN_FIRST_LEAF = 4
/** Where each gram of the text that is looked at was seen; all 0 between two uses. */
const marks = new Uint8Array(GRAM_BUCKETS)

/**
 * Shares of the text's grams: that the neighbours have, of all; that those of the first leaf have, of the characters and of the
 * words that the base knows. A new label brings new words.
 */
function coverage({ point, speakers, leaves }: Standing): number[] {
  const { ids, values, unseen } = point.sparse
  for (const id of ids) marks[id] = IN_TEXT
  for (const { reference } of speakers.neighbours) {
    const seen = IN_NEIGHBOURS | (reference.leaf === leaves[0] ? IN_FIRST_LEAF : 0)
    for (const id of reference.sparse.ids) if (marks[id] !== 0) marks[id] = (marks[id] as number) | seen
  }
  let covered = 0
  const known = [0, 0]
  const inside = [0, 0]
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at] as number
    const square = (values[at] as number) ** 2
    const mark = marks[id] as number
    const kind = isWordBucket(id) ? 1 : 0
    known[kind] = (known[kind] as number) + square
    if (mark & IN_NEIGHBOURS) covered += square
    if (mark & IN_FIRST_LEAF) inside[kind] = (inside[kind] as number) + square
  }
  for (const id of ids) marks[id] = 0
  const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)
  const [characters = 0, words = 0] = known
  return [
    share(covered, characters + words + unseen),
    share(inside[0] as number, characters),
    share(inside[1] as number, words),
  ]
}

/** How near the references are, by the whole kernel, the embeddings and the grams: those of the first leaf, best first, and the best of the others. */
interface Nearness {
  inside: number[]
  outside: number
}

function nearness({ point, speakers, leaves }: Standing): Record<'likeness' | 'cosine' | 'grams', Nearness> {
  const likeness: Nearness = { inside: [], outside: 0 }
  const cosine: Nearness = { inside: [], outside: 0 }
  const grams: Nearness = { inside: [], outside: 0 }
  for (const neighbour of speakers.neighbours) {
    const angle = dot(neighbour.reference.dense, point.dense)
    for (const [kind, value] of [
      [likeness, neighbour.likeness],
      [cosine, angle],
      [grams, neighbour.likeness - denseKernel(angle)],
    ] as const)
      if (neighbour.reference.leaf === leaves[0]) kind.inside.push(value)
      else if (value > kind.outside) kind.outside = value
  }
  for (const kind of [likeness, cosine, grams]) kind.inside.sort((a, b) => b - a)
  return { likeness, cosine, grams }
}
