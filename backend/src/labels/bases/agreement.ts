/** A person's newest decision on a text. */
export interface Decision {
  by: string
  path: readonly string[]
}

export interface LevelAgreement {
  level: string
  /** Krippendorff's alpha for names without an order; absent where all decisions are the same, so that chance explains everything. */
  alpha?: number
  /** Share of the pairs of people that agree. */
  agree: number
}

/**
 * Agreement on each level over texts that two or more people decided. Labels are compared down to the level: two paths that part above it
 * differ on it too; one that ends early stands for itself below.
 */
export function agreementByLevel(
  texts: readonly (readonly Decision[])[],
  levelName: (level: number) => string,
): LevelAgreement[] {
  const decided = texts.filter((decisions) => decisions.length > 1)
  const depth = Math.max(0, ...decided.flat().map(({ path }) => path.length))
  return Array.from({ length: depth }, (_, level) => {
    const units = decided.map((decisions) => decisions.map(({ path }) => path.slice(0, level + 1).join('\u0000')))
    return { level: levelName(level), ...nominalAgreement(units) }
  })
}

/** Each unit holds the values that its coders gave, two or more. */
export function nominalAgreement(units: readonly (readonly string[])[]): { alpha?: number; agree: number } {
  const totals = new Map<string, number>()
  let values = 0
  let disagreement = 0
  let pairs = 0
  let alike = 0
  for (const unit of units) {
    const counts = new Map<string, number>()
    for (const value of unit) counts.set(value, (counts.get(value) ?? 0) + 1)
    let same = 0
    for (const [value, count] of counts) {
      same += count * (count - 1)
      totals.set(value, (totals.get(value) ?? 0) + count)
    }
    const all = unit.length * (unit.length - 1)
    values += unit.length
    pairs += all
    alike += same
    disagreement += (all - same) / (unit.length - 1)
  }
  let byChance = values * (values - 1)
  for (const count of totals.values()) byChance -= count * (count - 1)
  const agree = pairs === 0 ? 1 : alike / pairs
  if (byChance === 0) return { agree }
  return { alpha: 1 - (disagreement * (values - 1)) / byChance, agree }
}
