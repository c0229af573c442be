import type { RankingModel } from './fit.ts'
import { labelBalance } from './label-balance.ts'
import { labelTree, pathKey } from './label-tree.ts'
import { defaultWeights } from './leaf-evidence.ts'
import { insideMetric } from './prototypes.ts'
import { byId, type Reference } from './reference.ts'
import { pointOf, statisticsOf } from './statistics.ts'
import { type TextGrams, textGrams } from './text-features.ts'

/** Statistics of the references with weights that nothing was learnt for: what a base answers with until it has learnt. */
export function defaultModel(references: readonly Reference[], leaves: readonly (readonly string[])[]): RankingModel {
  const sorted = [...references].sort(byId)
  const tree = labelTree([...leaves, ...sorted.map((reference) => reference.path)])
  const grams = sorted.map((reference) => reference.grams ?? textGrams(reference.text))
  const statistics = statisticsOf(sorted, grams)
  const indexed = sorted.map(({ id, path, vector, trust }, i) => ({
    ...pointOf(grams[i] as TextGrams, vector, statistics),
    id,
    leaf: tree.numberOf.get(pathKey(path)) as number,
    trust,
  }))
  return {
    leaves: tree.leaves,
    statistics,
    balance: labelBalance(sorted.map(({ path }) => pathKey(path))),
    metric: insideMetric(indexed, statistics.mean.length),
    weights: defaultWeights(tree),
    confidence: undefined,
    leftOutRight: 0,
  }
}
