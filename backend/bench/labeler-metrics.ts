/** One answered text of a scored set. */
export interface Scored {
  confidence: number
  /** Whether the first answer is right; never for a text out of the taxonomy. */
  right: boolean
  /** Whether the right leaf is among the first five. */
  listed: boolean
  outOfTaxonomy: boolean
}

const BINS = 15

/** The figures that the labeler is judged by, and the calibration error that perfect confidences would show on so few rows. */
export function labelerMetrics(rows: readonly Scored[]): Record<string, number> {
  const known = rows.filter((row) => !row.outOfTaxonomy)
  const sure = rows.filter((row) => row.confidence >= 0.9)
  const ordered = [...known].sort((a, b) => b.confidence - a.confidence)
  return {
    full: share(known, (row) => row.right),
    first5: share(known, (row) => row.listed),
    ece: calibrationError(known.map(({ confidence, right }) => ({ confidence, right: right ? 1 : 0 }))),
    'ece floor': calibrationFloor(known.map(({ confidence }) => confidence)),
    'wrong>=.9': sure.length === 0 ? 0 : 1 - share(sure, (row) => row.right),
    'n>=.9': sure.length,
    'surest80%': share(ordered.slice(0, Math.round(known.length * 0.8)), (row) => row.right),
    'auroc oot': auroc(
      known.map((row) => row.confidence),
      rows.filter((row) => row.outOfTaxonomy).map((row) => row.confidence),
    ),
  }
}

function share<Row>(rows: readonly Row[], test: (row: Row) => boolean): number {
  return rows.filter(test).length / Math.max(1, rows.length)
}

function calibrationError(rows: readonly { confidence: number; right: number }[]): number {
  const gaps = new Float64Array(BINS)
  for (const { confidence, right } of rows) {
    const bin = binOf(confidence)
    gaps[bin] = (gaps[bin] as number) + confidence - right
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / Math.max(1, rows.length)
}

/** Expected error if every confidence were exactly right: in each bin the mean distance of a normal deviate. */
function calibrationFloor(confidences: readonly number[]): number {
  const variances = new Float64Array(BINS)
  for (const confidence of confidences) {
    const bin = binOf(confidence)
    variances[bin] = (variances[bin] as number) + confidence * (1 - confidence)
  }
  return (
    variances.reduce((sum, variance) => sum + Math.sqrt((2 * variance) / Math.PI), 0) / Math.max(1, confidences.length)
  )
}

function binOf(confidence: number): number {
  return Math.min(BINS - 1, Math.floor(confidence * BINS))
}

/** Probability that a number of `high` is above one of `low`; a tie counts half. */
function auroc(high: readonly number[], low: readonly number[]): number {
  let wins = 0
  for (const a of high) for (const b of low) wins += a > b ? 1 : a === b ? 0.5 : 0
  return wins / Math.max(1, high.length * low.length)
}
