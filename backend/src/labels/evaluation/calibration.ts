import type { Judged } from './ordering.ts'

const BINS = 15

/** Rows whose confidence lies in [from, to); in the last bin also 1. */
export interface ReliabilityBin {
  from: number
  to: number
  count: number
  /** Mean confidence of the rows; 0 in an empty bin, as `right`. */
  confidence: number
  /** Share of the rows that are right. */
  right: number
}

/** The bins of a reliability plot: 15 of equal width, empty ones too. */
export function reliability(rows: readonly Judged[]): ReliabilityBin[] {
  const bins = Array.from({ length: BINS }, (_, i) => ({ rows: [] as Judged[], from: i / BINS, to: (i + 1) / BINS }))
  for (const row of rows) bins[binOf(row.confidence)]?.rows.push(row)
  const mean = (of: Judged[], value: (row: Judged) => number): number =>
    of.reduce((sum, row) => sum + value(row), 0) / Math.max(1, of.length)
  return bins.map(({ rows: own, from, to }) => ({
    from,
    to,
    count: own.length,
    confidence: mean(own, (row) => row.confidence),
    right: mean(own, (row) => row.right),
  }))
}

/** Expected calibration error: mean distance of the bins' confidence from their share right, weighed by their rows. */
export function calibrationError(rows: readonly Judged[]): number {
  const gaps = reliability(rows).map(({ count, confidence, right }) => count * Math.abs(confidence - right))
  return gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, rows.length)
}

/**
 * The error that exactly right confidences would show on so few rows: in each bin the mean distance of a normal deviate. An
 * error near it cannot be told from none.
 */
export function calibrationFloor(rows: readonly Judged[]): number {
  const variances = new Float64Array(BINS)
  for (const { confidence } of rows) {
    const bin = binOf(confidence)
    variances[bin] = (variances[bin] as number) + confidence * (1 - confidence)
  }
  return variances.reduce((sum, variance) => sum + Math.sqrt((2 * variance) / Math.PI), 0) / Math.max(1, rows.length)
}

function binOf(confidence: number): number {
  return Math.min(BINS - 1, Math.max(0, Math.floor(confidence * BINS)))
}
