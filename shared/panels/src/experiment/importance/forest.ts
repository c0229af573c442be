/** A parameter as a forest sees it: bins along its axis. */
export interface Feature {
  /** Bin of each row. */
  bins: Uint8Array
  /** Width of each bin as a share of the axis; together 1. */
  widths: Float64Array
}

/** A leaf: its value, and for each feature the bins it covers, `from` to before `to`. */
export interface Leaf {
  value: number
  from: Uint8Array
  to: Uint8Array
}

export interface Forest {
  trees: Leaf[][]
  /** Share of the objective's variance that the trees foretell for trials they did not see; below 0: nothing. */
  explained: number
}

const LEAF = 3
const DEPTH = 16
/** Share of the features that a split looks at. */
const LOOKED_AT = 0.8

/**
 * Grows regression trees, each over a random draw of the rows with repetition. Yields after each tree, so that the caller can let others work.
 * The same seed gives the same forest.
 */
export function* growForest(
  features: readonly Feature[],
  target: Float64Array,
  random: () => number,
  trees = 48,
): Generator<void, Forest> {
  const rows = target.length
  const sums = new Float64Array(rows)
  const counts = new Uint16Array(rows)
  const grown: Leaf[][] = []
  for (let tree = 0; tree < trees; tree++) {
    const drawn = Uint32Array.from({ length: rows }, () => Math.floor(random() * rows))
    const leaves: Leaf[] = []
    const whole = {
      from: new Uint8Array(features.length),
      to: Uint8Array.from(features, ({ widths }) => widths.length),
    }
    const seen = new Uint8Array(rows)
    for (const row of drawn) seen[row] = 1
    const unseen = Uint32Array.from(seen.keys()).filter((row) => seen[row] === 0)
    const foretell = (row: number, value: number): void => {
      sums[row] = (sums[row] ?? 0) + value
      counts[row] = (counts[row] ?? 0) + 1
    }
    split({ features, target, random, leaves, foretell }, drawn, unseen, whole, 0)
    grown.push(leaves)
    yield
  }
  return { trees: grown, explained: explainedShare(target, sums, counts) }
}

type Cover = Pick<Leaf, 'from' | 'to'>

interface Growth {
  features: readonly Feature[]
  target: Float64Array
  random: () => number
  leaves: Leaf[]
  foretell(row: number, value: number): void
}

/** `unseen`: rows that the tree does not learn from, but is asked about. */
function split(growth: Growth, rows: Uint32Array, unseen: Uint32Array, cover: Cover, depth: number): void {
  const { features, target, random, leaves, foretell } = growth
  const best = rows.length < 2 * LEAF || depth >= DEPTH ? undefined : bestCut(features, target, rows, random)
  if (!best) {
    let sum = 0
    for (const row of rows) sum += target[row] ?? 0
    const value = sum / rows.length
    leaves.push({ ...cover, value })
    for (const row of unseen) foretell(row, value)
    return
  }
  const { feature, cut } = best
  const bins = features[feature]?.bins ?? new Uint8Array(0)
  const isBelow = (row: number): boolean => (bins[row] ?? 0) < cut
  const isAbove = (row: number): boolean => !isBelow(row)
  const below = { from: cover.from, to: cover.to.with(feature, cut) }
  const above = { from: cover.from.with(feature, cut), to: cover.to }
  split(growth, rows.filter(isBelow), unseen.filter(isBelow), below, depth + 1)
  split(growth, rows.filter(isAbove), unseen.filter(isAbove), above, depth + 1)
}

/** The cut that leaves the least spread on its two sides; undefined when none lessens it. */
function bestCut(
  features: readonly Feature[],
  target: Float64Array,
  rows: Uint32Array,
  random: () => number,
): { feature: number; cut: number } | undefined {
  let all = 0
  for (const row of rows) all += target[row] ?? 0
  let best: { feature: number; cut: number } | undefined
  // Sum of squares explained by the means of both sides; the whole's own mean explains this much.
  let explained = (all * all) / rows.length + 1e-12 * Math.abs(all)
  for (const [feature, { bins, widths }] of features.entries()) {
    if (features.length > 1 && random() > LOOKED_AT) continue
    const counts = new Float64Array(widths.length)
    const sums = new Float64Array(widths.length)
    for (const row of rows) {
      const bin = bins[row] ?? 0
      counts[bin] = (counts[bin] ?? 0) + 1
      sums[bin] = (sums[bin] ?? 0) + (target[row] ?? 0)
    }
    let count = 0
    let sum = 0
    for (let cut = 1; cut < widths.length; cut++) {
      count += counts[cut - 1] ?? 0
      sum += sums[cut - 1] ?? 0
      const rest = rows.length - count
      if (count < LEAF || rest < LEAF) continue
      const found = (sum * sum) / count + ((all - sum) * (all - sum)) / rest
      if (found > explained) {
        explained = found
        best = { feature, cut }
      }
    }
  }
  return best
}

function explainedShare(target: Float64Array, sums: Float64Array, counts: Uint16Array): number {
  let mean = 0
  let known = 0
  for (const [row, count] of counts.entries()) {
    if (count === 0) continue
    mean += target[row] ?? 0
    known++
  }
  mean /= known
  let missed = 0
  let spread = 0
  for (const [row, count] of counts.entries()) {
    if (count === 0) continue
    missed += ((target[row] ?? 0) - (sums[row] ?? 0) / count) ** 2
    spread += ((target[row] ?? 0) - mean) ** 2
  }
  return spread > 0 ? 1 - missed / spread : 0
}
