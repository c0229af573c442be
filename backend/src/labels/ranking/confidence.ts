import { type Calibration, calibrated, fitCalibration } from './calibration.ts'
import { fitLogistic, type Logistic, logisticScore, logSigmoid } from './logistic.ts'
import type { Outcome } from './outcome.ts'
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
  right: Logistic
  calibration: Calibration
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
  const levels = known[0]?.right.length ?? 0
  const folds = rows.map(({ group }) => idHash(group) % FOLDS)
  const parts = Array.from({ length: FOLDS }, (_, fold) => {
    const seen = rows.filter((_, at) => folds[at] !== fold)
    return { seen, unseen: rows.filter((_, at) => folds[at] === fold), known: fitTarget(seen, (row) => row.known) }
  })
  return {
    right: Array.from({ length: levels }, (_, level) => fitHead(rows, parts, level)),
    known: fitTarget(rows, (row) => row.known),
  }
}

/** Probability that the answer is right down to each level; undefined where the model has none. */
export function levelConfidences(model: ConfidenceModel, features: Float64Array): (number | undefined)[] {
  const { known } = model
  return model.right.map((head) => head && calibrated(head.calibration, rankScore(head.right, known, features)))
}

/** Some of the rows to learn from, the others to see what comes of it. */
interface Part {
  seen: readonly ConfidenceRow[]
  unseen: readonly ConfidenceRow[]
  /** Learnt from `seen`. */
  known: Logistic | undefined
}

/** The level of the confidence is learnt from scores of rows that the score was not learnt from: else it would be too sure. */
function fitHead(rows: readonly ConfidenceRow[], parts: readonly Part[], level: number): ConfidenceHead | undefined {
  const isRight = (row: ConfidenceRow): boolean => row.right[level] === true
  const right = fitTarget(rows, isRight)
  const outcomes: Outcome[] = []
  for (const { seen, unseen, known } of parts) {
    const part = fitTarget(seen, isRight)
    if (!part) return undefined
    for (const row of unseen)
      outcomes.push({ score: rankScore(part, known, row.features), right: isRight(row), known: row.known })
  }
  return right && { right, calibration: fitCalibration(outcomes) }
}

/** Known and pretended unknown labels have the same weight in all, so that both errors rank low. */
function fitTarget(rows: readonly ConfidenceRow[], target: (row: ConfidenceRow) => boolean): Logistic | undefined {
  const known = rows.filter((row) => row.known).length
  const share = known / Math.max(1, rows.length - known)
  return fitLogistic(
    rows.map((row) => ({ features: row.features, target: target(row) ? 1 : 0, weight: row.known ? 1 : share })),
    PULL,
  )
}

/** Log of probability right × probability known: what is right among known labels only ranks unknown ones too high. */
function rankScore(right: Logistic, known: Logistic | undefined, features: Float64Array): number {
  return logSigmoid(logisticScore(right, features)) + (known ? logSigmoid(logisticScore(known, features)) : 0)
}
