import { fitLogistic, type Logistic, type LogisticRow, logisticProbability, logisticScore } from './logistic.ts'

/** Fewer answers than this teach nothing about confidence. */
const LEAST_ROWS = 40
const PULL = 2
/** Total weight of the answers to unknown labels against that of the others: high to tell them apart, low to get the level of the confidence right. */
const TELL_APART_SHARE = 1
const LEVEL_SHARE = 0.1
const FOLDS = 5

/** An answer to a left-out reference. */
export interface ConfidenceRow {
  features: Float64Array
  /** For each level whether the answer was right down to it. */
  right: boolean[]
  /** False where the right leaf had been taken out of the tree. */
  known: boolean
}

/** Features → score that ranks answers → probability. The second step never changes the order of the first. */
export interface ConfidenceHead {
  score: Logistic
  level: Logistic
}

export interface ConfidenceModel {
  /** One for each level of the tree. */
  right: (ConfidenceHead | undefined)[]
  /** Whether the text's label is in the tree. */
  known: Logistic | undefined
}

/** Undefined where there are too few answers to learn from. */
export function fitConfidence(rows: readonly ConfidenceRow[]): ConfidenceModel | undefined {
  const known = rows.filter((row) => row.known)
  if (known.length < LEAST_ROWS) return undefined
  const share = known.length / Math.max(1, rows.length - known.length)
  const levels = known[0]?.right.length ?? 0
  return {
    right: Array.from({ length: levels }, (_, level) => fitHead(rows, level, share)),
    known: fitLogistic(
      rows.map((row) => ({ features: row.features, target: row.known ? 1 : 0, weight: row.known ? 1 : share })),
      PULL,
    ),
  }
}

/** Probability that the answer is right down to each level; undefined where the model has none. */
export function levelConfidences(model: ConfidenceModel, features: Float64Array): (number | undefined)[] {
  return model.right.map(
    (head) => head && logisticProbability(head.level, Float64Array.of(logisticScore(head.score, features))),
  )
}

function fitHead(rows: readonly ConfidenceRow[], level: number, share: number): ConfidenceHead | undefined {
  const asRow = (row: ConfidenceRow, features: Float64Array, unknownShare: number): LogisticRow => ({
    features,
    target: row.right[level] ? 1 : 0,
    weight: row.known ? 1 : share * unknownShare,
  })
  const all = rows.map((row) => asRow(row, row.features, TELL_APART_SHARE))
  const score = fitLogistic(all, PULL)
  // The level is learnt from scores of rows that the score was not learnt from, or it would be too sure.
  const unseen = all.map(({ features }) => features)
  const scores = new Float64Array(rows.length)
  for (let fold = 0; fold < FOLDS; fold++) {
    const part = fitLogistic(
      all.filter((_, at) => at % FOLDS !== fold),
      PULL,
    )
    if (!part) return undefined
    for (let at = fold; at < rows.length; at += FOLDS) scores[at] = logisticScore(part, unseen[at] as Float64Array)
  }
  const calibration = fitLogistic(
    rows.map((row, at) => asRow(row, Float64Array.of(scores[at] as number), LEVEL_SHARE)),
    0.01,
  )
  return score && calibration && { score, level: calibration }
}
