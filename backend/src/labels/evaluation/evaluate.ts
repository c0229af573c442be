import { calibrationError, calibrationFloor, type ReliabilityBin, reliability } from './calibration.ts'
import { auroc, coverageAt, type Judged, riskArea, riskCoverage, selectiveAccuracy } from './ordering.ts'

/** A text whose label is known, with what was answered. */
export interface EvaluatedRow {
  /** The right path. */
  gold: readonly string[]
  /** Whether no reference has the right leaf: then no answer is right, and to abstain is. */
  outOfTaxonomy: boolean
  /** The answered path; shorter than `gold` or empty where the labeler abstained. */
  path: readonly string[]
  /** Probability that the whole path is right. */
  confidence: number
  /** Probability that the path is right down to each level. */
  levelConfidence?: readonly number[]
  abstained?: boolean
  /** The first answers, best first; where all rows have them, `first5` is scored. */
  alternatives?: readonly (readonly string[])[]
}

export interface Evaluation {
  /**
   * By name, in a fixed order: n_in, n_oot, acc_l1 …, full, hF1, macro_full, ece, ece_floor, brier, aurc, aurc_floor, sel@80, sel@50,
   * cov@95, auroc_err, ece_l1 …, first5, auroc_oot, fpr95_oot, open_sel@80, ece_open, oot_abstained, oot_ancestor, in_abstained,
   * overconf@90, n_conf@90. Shares are 0 to 1; null where nothing can be told, absent where the rows lack what is needed.
   */
  metrics: Record<string, number | null>
  /** Of the rows in the taxonomy. */
  reliability: ReliabilityBin[]
  /** Of the rows in the taxonomy, the surest first. */
  riskCoverage: { coverage: number; risk: number }[]
}

const SURE = 0.9

/** Scores answers. Throws when no row is in the taxonomy: nothing could be right then. */
export function evaluate(rows: readonly EvaluatedRow[]): Evaluation {
  const known = rows.filter((row) => !row.outOfTaxonomy)
  const unknown = rows.filter((row) => row.outOfTaxonomy)
  if (known.length === 0) throw new Error('No row to score is in the taxonomy: at least one is needed')
  const judged = known.map(wholePath)
  const metrics: Record<string, number | null> = { n_in: known.length, n_oot: unknown.length }
  const depth = Math.max(...known.map((row) => row.gold.length))
  const levels = Array.from({ length: depth }, (_, i) => i + 1)
  for (const level of levels)
    metrics[`acc_l${level}`] = share(known, (row) => row.gold.length < level || rightDownTo(row, level))
  metrics.full = share(known, isRight)
  metrics.hF1 = hierarchicalF1(known)
  metrics.macro_full = leafMean(known)
  metrics.ece = calibrationError(judged)
  metrics.ece_floor = calibrationFloor(judged)
  metrics.brier = judged.reduce((sum, row) => sum + (row.confidence - row.right) ** 2, 0) / judged.length
  metrics.aurc = riskArea(judged)
  metrics.aurc_floor = riskArea(judged.map(({ right }) => ({ right, confidence: right })))
  metrics['sel@80'] = selectiveAccuracy(judged, 0.8)
  metrics['sel@50'] = selectiveAccuracy(judged, 0.5)
  metrics['cov@95'] = coverageAt(judged, 0.95)
  metrics.auroc_err = auroc(confidences(judged, 1), confidences(judged, 0))
  if (rows.every((row) => row.levelConfidence))
    for (const level of levels)
      metrics[`ece_l${level}`] = calibrationError(
        known.map((row) => ({
          confidence: row.levelConfidence?.[level - 1] ?? 0,
          right: Number(rightDownTo(row, level)),
        })),
      )
  if (rows.every((row) => row.alternatives))
    metrics.first5 = share(
      known,
      (row) => row.alternatives?.slice(0, 5).some((path) => samePath(path, row.gold)) === true,
    )
  const all = rows.map(wholePath)
  if (unknown.length > 0) Object.assign(metrics, unknownFigures(known, unknown, all))
  metrics.in_abstained = share(known, (row) => row.abstained === true)
  const sure = all.filter(({ confidence }) => confidence >= SURE)
  metrics['overconf@90'] = sure.length > 0 ? 1 - share(sure, ({ right }) => right === 1) : 0
  metrics['n_conf@90'] = sure.length
  return { metrics, reliability: reliability(judged), riskCoverage: riskCoverage(judged) }
}

function unknownFigures(known: readonly EvaluatedRow[], unknown: readonly EvaluatedRow[], all: readonly Judged[]) {
  const inside = known.map((row) => row.confidence)
  const outside = unknown.map((row) => row.confidence)
  const threshold = [...inside].sort((a, b) => a - b)[Math.floor(0.05 * inside.length)] as number
  return {
    auroc_oot: auroc(inside, outside),
    fpr95_oot: share(outside, (confidence) => confidence >= threshold),
    'open_sel@80': selectiveAccuracy(all, 0.8),
    ece_open: calibrationError(all),
    oot_abstained: share(unknown, (row) => row.abstained === true),
    oot_ancestor: share(
      unknown,
      (row) => row.abstained === true && row.path.length > 0 && rightDownTo(row, row.path.length),
    ),
  }
}

/** Over the sets of ancestors (the leaf among them), summed over all rows. */
function hierarchicalF1(rows: readonly EvaluatedRow[]): number {
  let common = 0
  let total = 0
  for (const { gold, path } of rows) {
    total += gold.length + path.length
    common += sharedLength(gold, path)
  }
  return total > 0 ? (2 * common) / total : 0
}

/** Mean over the leaves of the share right of their rows. */
function leafMean(rows: readonly EvaluatedRow[]): number {
  const byLeaf = new Map<string, EvaluatedRow[]>()
  for (const row of rows) {
    const key = row.gold.join('\u0000')
    const own = byLeaf.get(key)
    if (own) own.push(row)
    else byLeaf.set(key, [row])
  }
  return [...byLeaf.values()].reduce((sum, own) => sum + share(own, isRight), 0) / byLeaf.size
}

function wholePath(row: EvaluatedRow): Judged {
  return { confidence: row.confidence, right: Number(isRight(row)) }
}

function isRight(row: EvaluatedRow): boolean {
  return !row.outOfTaxonomy && samePath(row.path, row.gold)
}

function samePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && sharedLength(a, b) === a.length
}

/** Whether the path has so many levels and all of them are right; what is missing in both is right. */
function rightDownTo({ path, gold }: EvaluatedRow, level: number): boolean {
  return samePath(path.slice(0, level), gold.slice(0, level))
}

function sharedLength(a: readonly string[], b: readonly string[]): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

function confidences(rows: readonly Judged[], right: number): number[] {
  return rows.filter((row) => row.right === right).map((row) => row.confidence)
}

function share<Row>(rows: readonly Row[], test: (row: Row) => boolean): number {
  return rows.filter(test).length / Math.max(1, rows.length)
}
