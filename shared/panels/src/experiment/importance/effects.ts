import type { Feature, Forest, Leaf } from './forest.ts'

/** What a forest says of its features. */
export interface Effects {
  /** Share of the variance that each feature has alone, over the whole space. */
  alone: number[]
  /** Share that only several together have. */
  together: number
}

/** Splits the variance of a forest's trees by feature: how the mean over all others changes along it (functional ANOVA). */
export function effectsOf({ trees }: Forest, features: readonly Feature[]): Effects {
  const alone = features.map(() => 0)
  let counted = 0
  for (const leaves of trees) {
    const widths = leaves.map((leaf) => features.map((feature, at) => widthOf(leaf, feature, at)))
    const volumes = widths.map((each) => each.reduce((product, width) => product * width, 1))
    const mean = leaves.reduce((sum, { value }, at) => sum + value * (volumes[at] ?? 0), 0)
    const variance = leaves.reduce((sum, { value }, at) => sum + (value - mean) ** 2 * (volumes[at] ?? 0), 0)
    if (variance <= 1e-300) continue
    counted++
    for (const [at, feature] of features.entries()) {
      let own = 0
      const shares = volumes.map((volume, leaf) => volume / (widths[leaf]?.[at] ?? 1))
      for (const [bin, value] of alongOne(leaves, shares, feature, at).entries())
        own += (value - mean) ** 2 * (feature.widths[bin] ?? 0)
      alone[at] = (alone[at] ?? 0) + own / variance
    }
  }
  const shares = alone.map((sum) => (counted > 0 ? sum / counted : 0))
  return { alone: shares, together: counted > 0 ? Math.max(0, 1 - shares.reduce((sum, one) => sum + one, 0)) : 0 }
}

/** Mean prediction over all other features in each bin of two: row by row of `b`, `a` along the row. */
export function surfaceOf({ trees }: Forest, features: readonly Feature[], a: number, b: number): Float64Array {
  const [columns, rows] = [features[a]?.widths.length ?? 0, features[b]?.widths.length ?? 0]
  const surface = new Float64Array(columns * rows)
  for (const leaves of trees) {
    for (const leaf of leaves) {
      const share = features.reduce(
        (product, one, at) => (at === a || at === b ? product : product * widthOf(leaf, one, at)),
        1,
      )
      for (let row = leaf.from[b] ?? 0; row < (leaf.to[b] ?? 0); row++)
        for (let column = leaf.from[a] ?? 0; column < (leaf.to[a] ?? 0); column++) {
          const at = row * columns + column
          surface[at] = (surface[at] ?? 0) + (leaf.value * share) / trees.length
        }
    }
  }
  return surface
}

/** Mean prediction over all other features in each bin of one; `shares`: of the others' space that each leaf covers. */
function alongOne(leaves: readonly Leaf[], shares: readonly number[], feature: Feature, at: number): Float64Array {
  const mean = new Float64Array(feature.widths.length)
  for (const [index, leaf] of leaves.entries()) {
    const part = (shares[index] ?? 0) * leaf.value
    for (let bin = leaf.from[at] ?? 0; bin < (leaf.to[at] ?? 0); bin++) mean[bin] = (mean[bin] ?? 0) + part
  }
  return mean
}

/** Share of a feature's axis that a leaf covers. */
function widthOf(leaf: Leaf, feature: Feature, at: number): number {
  let width = 0
  for (let bin = leaf.from[at] ?? 0; bin < (leaf.to[at] ?? 0); bin++) width += feature.widths[bin] ?? 0
  return width
}
