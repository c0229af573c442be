/** Up to this many times the usual number of references, a label has the weight of all of them. */
const USUAL_TIMES = 8
/** Of a label with far more, all together weigh as much as this many times the usual number. */
const LARGE_TIMES = 2

/**
 * Weight of a reference by its label, in (0, 1]; labels that are left out have 1. A label with far more references than the others (by
 * the median) would draw their texts to itself by number alone. `labels`: that of each reference, in any order.
 */
export function labelBalance(labels: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  const ascending = [...counts.values()].sort((a, b) => a - b)
  const usual = ascending[Math.floor((ascending.length - 1) / 2)] ?? 1
  const weights = new Map<string, number>()
  for (const [label, count] of counts) {
    const times = count / usual
    // Without a leap where it begins.
    const excess = Math.min(times / LARGE_TIMES, (times / USUAL_TIMES) ** 2)
    if (excess > 1) weights.set(label, 1 / excess)
  }
  return weights
}
