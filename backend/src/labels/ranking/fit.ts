import { type ChoiceRow, fitChoice } from './choice.ts'
import { type ConfidenceModel, type ConfidenceRow, fitConfidence } from './confidence.ts'
import { confidenceFeatures } from './confidence-features.ts'
import { labelBalance } from './label-balance.ts'
import { type NameVectors, nameSpace } from './label-names.ts'
import { labelTree, nodeGroupings, pathKey } from './label-tree.ts'
import { defaultWeights } from './leaf-evidence.ts'
import { leftOutAnswers } from './left-out.ts'
import { insideMetric } from './prototypes.ts'
import { byId, type Reference } from './reference.ts'
import { standing } from './standing.ts'
import { pointOf, type Statistics, statisticsOf } from './statistics.ts'
import { gramFrequencies, type TextGrams, textGrams } from './text-features.ts'

/** What is learnt from the references of a base; depends on nothing else. */
export interface RankingModel {
  /** Leaves that were known when it was learnt. */
  leaves: readonly (readonly string[])[]
  statistics: Statistics
  /** Weight of a reference by the key of its path; see {@link labelBalance}. */
  balance: ReadonlyMap<string, number>
  /** Metric of the prototypes. */
  metric: Float64Array
  /** Weight of each kind of evidence. */
  weights: Float64Array
  /** Undefined where the references are too few to teach it. */
  confidence: ConfidenceModel | undefined
  /** Share of references that were answered rightly when they were left out: what to expect of texts like them. */
  leftOutRight: number
}

/**
 * Learns a model: each reference is answered as if it and what is too like it were not in the base, and once more as if its
 * label were not. The order of the references has no influence. `leaves`: labels of the taxonomy, with or without references.
 */
export function fitRanking(
  references: readonly Reference[],
  nameVectors: NameVectors,
  leaves: readonly (readonly string[])[] = [],
): RankingModel {
  const sorted = [...references].sort(byId)
  const tree = labelTree([...leaves, ...sorted.map((reference) => reference.path)])
  const grams = sorted.map((reference) => reference.grams ?? textGrams(reference.text))
  const statistics = statisticsOf(sorted, grams)
  const dimension = statistics.mean.length
  const balance = labelBalance(sorted.map(({ path }) => pathKey(path)))
  const counted = sorted.map(({ id, text, path, vector, trust }, i) => ({
    ...pointOf(grams[i] as TextGrams, vector, statistics),
    id,
    text,
    grams: grams[i] as TextGrams,
    leaf: tree.numberOf.get(pathKey(path)) as number,
    trust,
    balance: balance.get(pathKey(path)) ?? 1,
  }))
  const names = nameSpace(tree, nameVectors, statistics)
  const answers = leftOutAnswers(counted, { tree, names }, gramFrequencies(grams), dimension)

  const choices = answers.flatMap(({ reference, evidence, known }): ChoiceRow[] => {
    const right = evidence.leaves.indexOf(reference.leaf)
    return known && right >= 0 ? [{ rows: evidence.rows, options: evidence.leaves.length, right, weight: 1 }] : []
  })
  const weights = fitChoice(choices, defaultWeights(tree))

  const rows = answers.map(({ reference, point, speakers, evidence, known, group }): ConfidenceRow => {
    const answer = standing(tree, point, speakers, evidence, weights)
    const first = answer.leaves[0] as number
    return {
      features: confidenceFeatures(tree, answer),
      right: nodeGroupings(tree).map(({ classOf }) => classOf[first] === classOf[reference.leaf]),
      known,
      group,
    }
  })
  const known = rows.filter((row) => row.known)
  return {
    leaves: tree.leaves,
    statistics,
    balance,
    metric: insideMetric(counted, dimension),
    weights,
    confidence: fitConfidence(rows),
    leftOutRight: known.filter((row) => row.right.at(-1)).length / Math.max(1, known.length),
  }
}
