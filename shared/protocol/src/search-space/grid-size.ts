import { pathName, type SpaceEntry } from './space.ts'

export interface GridSize {
  /** Different sets of parameters, as far as they can be counted; of what never ends 1 each. */
  size: number
  /** Names of the parameters whose values never end, so that GridSearch never does: it halves the distances again and again. */
  endless: string[]
}

/** How many different sets of parameters the sound entries of a space allow. */
export function gridSize(entries: readonly SpaceEntry[]): GridSize {
  const endless: string[] = []
  const product = (list: readonly SpaceEntry[]): number =>
    list.reduce((size, entry) => size * (entry.sound ? sizeOf(entry) : 1), 1)
  const sizeOf = (entry: SpaceEntry): number => {
    if (entry.branches) return entry.branches.reduce((sum, branch) => sum + product(branch.entries), 0)
    const size = valueCount(entry)
    if (size !== undefined) return size
    endless.push(pathName(entry.path))
    return 1
  }
  return { size: product(entries), endless }
}

/** Different values of one sound entry that is no nested choice; undefined: endless. */
export function valueCount({ type, value }: SpaceEntry): number | undefined {
  const values = value as number[]
  const [low = 0, high = 0, q] = values
  if (type === 'choice') return values.length
  if (type === 'randint') return high - low
  if (q === undefined || type.includes('normal')) return undefined
  // The ends themselves are hardly drawn: a half at an end is rounded inwards.
  return Math.ceil(high / q - 0.5) - Math.floor(low / q + 0.5) + 1
}
