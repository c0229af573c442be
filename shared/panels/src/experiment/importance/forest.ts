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
    split(features, target, drawn, whole, 0, random, leaves)
    grown.push(leaves)
    const seen = new Uint8Array(rows)
    for (const row of drawn) seen[row] = 1
    for (let row = 0; row < rows; row++) {
      if (seen[row]) continue
      sums[row] = (sums[row] ?? 0) + predict(leaves, features, row)
      counts[row] = (counts[row] ?? 0) + 1
    }
    yield
  }
  return { trees: grown, explained: explainedShare(target, sums, counts) }
}

type Cover = Pick<Leaf, 'from' | 'to'>

function split(
  features: readonly Feature[],
  target: Float64Array,
  rows: Uint32Array,
  cover: Cover,
  depth: number,
  random: () => number,
  leaves: Leaf[],
): void {
  const best = rows.length < 2 * LEAF || depth >= DEPTH ? undefined : bestCut(features, target, rows, random)
  if (!best) {
    let sum = 0
    for (const row of rows) sum += target[row] ?? 0
    leaves.push({ ...cover, value: sum / rows.length })
    return
  }
  const { feature, cut } = best
  const bins = features[feature]?.bins ?? new Uint8Array(0)
  const below = { from: cover.from, to: cover.to.with(feature, cut) }
  const above = { from: cover.from.with(feature, cut), to: cover.to }
  split(
    features,
    target,
    rows.filter((row) => (bins[row] ?? 0) < cut),
    below,
    depth + 1,
    random,
    leaves,
  )
  split(
    features,
    target,
    rows.filter((row) => (bins[row] ?? 0) >= cut),
    above,
    depth + 1,
    random,
    leaves,
  )
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

function predict(leaves: readonly Leaf[], features: readonly Feature[], row: number): number {
  const leaf = leaves.find(({ from, to }) =>
    features.every(({ bins }, at) => (bins[row] ?? 0) >= (from[at] ?? 0) && (bins[row] ?? 0) < (to[at] ?? 0)),
  )
  return leaf?.value ?? 0
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
