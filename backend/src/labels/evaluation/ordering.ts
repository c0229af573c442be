/** Figures of how well confidences put rows in order. Ties are averaged: no order among equals is luckier than another. */

/** A confidence and how right the row is: 0 or 1, or between them after averaging. */
export interface Judged {
  confidence: number
  right: number
}

/** Probability that a number of `high` is above one of `low`; a tie counts half. Null where one of them is empty. */
export function auroc(high: readonly number[], low: readonly number[]): number | null {
  if (high.length === 0 || low.length === 0) return null
  const all = [...high.map((value) => ({ value, high: 1 })), ...low.map((value) => ({ value, high: 0 }))]
  all.sort((a, b) => a.value - b.value)
  let ranks = 0
  for (let from = 0, to = 0; from < all.length; from = to) {
    let highs = 0
    for (to = from; to < all.length && all[to]?.value === all[from]?.value; to++) highs += all[to]?.high ?? 0
    ranks += ((from + 1 + to) / 2) * highs
  }
  return (ranks - (high.length * (high.length + 1)) / 2) / (high.length * low.length)
}

/** How right the rows are, the surest first; among equal confidences each row has their mean. */
export function surestFirst(rows: readonly Judged[]): number[] {
  const sorted = [...rows].sort((a, b) => b.confidence - a.confidence)
  const out: number[] = []
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    let sum = 0
    for (to = from; to < sorted.length && sorted[to]?.confidence === sorted[from]?.confidence; to++)
      sum += sorted[to]?.right ?? 0
    for (let at = from; at < to; at++) out.push(sum / (to - from))
  }
  return out
}

/** Share right among the surest rows; `coverage` is the share of the rows that is looked at, one row at least. */
export function selectiveAccuracy(rows: readonly Judged[], coverage: number): number {
  const kept = surestFirst(rows).slice(0, Math.max(1, roundedToEven(coverage * rows.length)))
  return kept.reduce((sum, right) => sum + right, 0) / Math.max(1, kept.length)
}

/** The largest share of the rows, surest first, of which at least `accuracy` is right. */
export function coverageAt(rows: readonly Judged[], accuracy: number): number {
  let best = 0
  riskCoverage(rows).forEach(({ risk }, at) => {
    if (1 - risk >= accuracy) best = at + 1
  })
  return best / Math.max(1, rows.length)
}

/** Share wrong among the surest rows, for every number of them. */
export function riskCoverage(rows: readonly Judged[]): { coverage: number; risk: number }[] {
  let sum = 0
  return surestFirst(rows).map((right, at) => {
    sum += right
    return { coverage: (at + 1) / rows.length, risk: 1 - sum / (at + 1) }
  })
}

/** Area under the risk-coverage curve: the mean of its risks. */
export function riskArea(rows: readonly Judged[]): number {
  return riskCoverage(rows).reduce((sum, { risk }) => sum + risk, 0) / Math.max(1, rows.length)
}

/** A half goes to the even neighbour. */
function roundedToEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
