import { fitLogistic, type Logistic, type LogisticRow, logisticScore } from './logistic.ts'
import { fitSteps, type Outcome, type Steps, stepProbability } from './steps.ts'
import { idHash } from './text-groups.ts'

/** Fewer answers than this teach nothing about confidence. */
const LEAST_ROWS = 40
const PULL = 20
const FOLDS = 5

/** An answer to a left-out reference. */
export interface ConfidenceRow {
  features: Float64Array
  /** For each level whether the answer was right down to it. */
  right: boolean[]
  /** False where the right leaf had been taken out of the tree. */
  known: boolean
  /** Rows of the same group are learnt from together or not at all. */
  group: string
}

/** Features → score that ranks answers → probability. The second step never changes the order of the first. */
export interface ConfidenceHead {
  score: Logistic
  steps: Steps
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
  return model.right.map((head) => head && stepProbability(head.steps, logisticScore(head.score, features)))
}

/**
 * The score is learnt from known and pretended unknown labels of the same weight, so that both errors rank low. Its level is
 * learnt from the known alone, by scores of rows that the score was not learnt from: else it would be too sure.
 */
function fitHead(rows: readonly ConfidenceRow[], level: number, share: number): ConfidenceHead | undefined {
  const all = rows.map(
    (row): LogisticRow => ({
      features: row.features,
      target: row.right[level] ? 1 : 0,
      weight: row.known ? 1 : share,
    }),
  )
  const score = fitLogistic(all, PULL)
  const folds = rows.map(({ group }) => idHash(group) % FOLDS)
  const unseen: Outcome[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const part = fitLogistic(
      all.filter((_, at) => folds[at] !== fold),
      PULL,
    )
    if (!part) return undefined
    rows.forEach(({ known, features, right }, at) => {
      if (known && folds[at] === fold)
        unseen.push({ score: logisticScore(part, features), right: right[level] === true })
    })
  }
  return score && { score, steps: fitSteps(unseen) }
}
