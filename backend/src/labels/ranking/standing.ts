import { choiceProbabilities } from './choice.ts'
import { type LabelTree, nodeGroupings } from './label-tree.ts'
import { evidenceWidth, type LeafEvidence } from './leaf-evidence.ts'
import type { Speakers } from './neighbourhood.ts'
import type { TextPoint } from './statistics.ts'

/** How the leaves of the shortlist stand for one text, likeliest first. */
export interface Standing {
  point: TextPoint
  speakers: Speakers
  evidence: LeafEvidence
  /** Leaf numbers, likeliest first; equal ones by number. */
  leaves: number[]
  /** Probability of each of `leaves` if one of them is right. */
  probabilities: number[]
  /** Evidence of each of `leaves`. */
  rows: Float64Array[]
}

export function standing(
  tree: LabelTree,
  point: TextPoint,
  speakers: Speakers,
  evidence: LeafEvidence,
  weights: Float64Array,
): Standing {
  const width = evidenceWidth(tree)
  const probabilities = choiceProbabilities(evidence.rows, evidence.leaves.length, weights)
  const order = evidence.leaves
    .map((leaf, at) => ({ leaf, at, probability: probabilities[at] as number }))
    .sort((a, b) => b.probability - a.probability || a.leaf - b.leaf)
  return {
    point,
    speakers,
    evidence,
    leaves: order.map(({ leaf }) => leaf),
    probabilities: order.map(({ probability }) => probability),
    rows: order.map(({ at }) => evidence.rows.subarray(at * width, (at + 1) * width)),
  }
}

/** For each level the probability of the likeliest leaf's node there: the sum of the node's leaves. Never grows with depth. */
export function nodeProbabilities(tree: LabelTree, { leaves, probabilities }: Standing): Float64Array {
  return Float64Array.from(nodeGroupings(tree), ({ classOf }) => {
    const own = classOf[leaves[0] as number]
    return leaves.reduce((sum, leaf, i) => sum + (classOf[leaf] === own ? (probabilities[i] as number) : 0), 0)
  })
}
