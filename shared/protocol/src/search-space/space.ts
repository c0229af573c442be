import type { Json } from '../json.ts'

/** The ten kinds of values that a search draws from, as NNI calls them. */
export const SPACE_TYPES = [
  'choice',
  'randint',
  'uniform',
  'quniform',
  'loguniform',
  'qloguniform',
  'normal',
  'qnormal',
  'lognormal',
  'qlognormal',
] as const
export type SpaceType = (typeof SPACE_TYPES)[number]

/** A sentence in both languages. */
export interface Words {
  en: string
  zh: string
}

/** Steps from the root of the space: `["conv", "_value", 1, "kernel"]` is the entry `kernel` of the second branch of `conv`. */
export type SpacePath = readonly (string | number)[]

/** One parameter as it is written; where it is not sound, `type` and `value` are whatever stands there. */
export interface SpaceEntry {
  name: string
  path: SpacePath
  /** One of {@link SPACE_TYPES} in a sound entry; '' where none is written. */
  type: string
  /** `_value`: a list in a sound entry. */
  value: Json
  /** Of a nested choice. Absent: the values are plain. */
  branches?: SpaceBranch[]
  /** No error stands at it or below it. */
  sound: boolean
}

/** One element of a nested choice: its parameters exist only where it is chosen. */
export interface SpaceBranch {
  name: string
  path: SpacePath
  entries: SpaceEntry[]
}

export interface SpaceProblem {
  severity: 'error' | 'warning'
  path: SpacePath
  words: Words
  /** UTF-16 offsets in the text, where there is one. */
  range?: { start: number; end: number }
}

/** What was understood of a search space, and all that is wrong with it. */
export interface SpaceCheck {
  /** Every entry in the order of the text, also those that are not sound. */
  entries: SpaceEntry[]
  /** The space as a tuner gets it; absent when there is an error. */
  space?: Record<string, Json>
  problems: SpaceProblem[]
}

/** Entries of all depths, outer ones first. */
export function allEntries(entries: readonly SpaceEntry[]): SpaceEntry[] {
  return entries.flatMap((entry) => [entry, ...(entry.branches ?? []).flatMap((branch) => allEntries(branch.entries))])
}

/** Name of a space whose only entry lists whole sets of parameters, for the Batch tuner. */
export const COMBINED = 'combine_params'

/** True of the entry that lists whole sets of parameters. */
export const isCombined = (entry: SpaceEntry): boolean =>
  entry.name === COMBINED &&
  entry.path.length === 1 &&
  Array.isArray(entry.value) &&
  entry.branches === undefined &&
  entry.value.some((item) => typeof item === 'object' && item !== null)

/** A path in words: "conv › 5x5 › kernel" with the branch's index where it has no name. */
export const pathName = (path: SpacePath): string =>
  path
    .filter((step) => step !== '_value' && step !== '_type')
    .map((step) => (typeof step === 'number' ? String(step + 1) : step))
    .join(' › ')
