import { isMap, type Json, own } from '../json.ts'
import { isCombined, type SpaceEntry, type SpacePath, type Words } from './space.ts'

export interface TrialProblem {
  /** Path in the parameters. */
  path: SpacePath
  words: Words
  /** A name that is missing or unknown, or a value that could not have been drawn. */
  kind: 'name' | 'value'
}

/** Rounding that a computed multiple of q may have. */
const CLOSE = 1e-6

/**
 * What of a trial's parameters does not lie in a space: missing and unknown names, values that could not have been drawn. `adds`: names that
 * the tuner adds itself.
 */
export function checkTrial(
  entries: readonly SpaceEntry[],
  parameters: Record<string, Json>,
  adds: readonly string[] = [],
): TrialProblem[] {
  const [only] = entries
  if (only && isCombined(only)) return []
  return checkNames(entries, parameters, ['_name', ...adds], [])
}

function checkNames(
  entries: readonly SpaceEntry[],
  parameters: Record<string, Json>,
  more: readonly string[],
  path: SpacePath,
): TrialProblem[] {
  const names = [...entries.map(({ name }) => name), ...more]
  const unknown = Object.keys(parameters).filter((name) => !names.includes(name))
  return [
    ...entries.flatMap((entry) => checkOne(entry, own(parameters, entry.name), [...path, entry.name])),
    ...unknown.map((name) => ({
      path: [...path, name],
      kind: 'name' as const,
      words: { en: `The space has no ${name}.`, zh: `搜索空间中没有 ${name}。` },
    })),
  ]
}

function checkOne(entry: SpaceEntry, value: Json | undefined, path: SpacePath): TrialProblem[] {
  const { name } = entry
  if (value === undefined) return [{ path, kind: 'name', words: { en: `${name} is missing.`, zh: `缺少 ${name}。` } }]
  if (!entry.sound) return []
  const wrong = (en: string, zh: string): TrialProblem[] => [{ path, kind: 'value', words: { en, zh } }]
  const found = JSON.stringify(value)
  if (entry.branches) {
    const branch = entry.branches.find((one) => isMap(value) && own(value, '_name') === one.name)
    const names = entry.branches.map((one) => one.name)
    if (branch && isMap(value)) return checkNames(branch.entries, value, ['_name'], path)
    return wrong(
      `${name}: expected a branch, {"_name": …} of ${names.join(', ')}, found ${found}.`,
      `${name}：应为分支 {"_name": …}（${names.join('、')}），实际为 ${found}。`,
    )
  }
  if (entry.type === 'choice') {
    if ((entry.value as Json[]).some((one) => one === value)) return []
    return wrong(`${name}: ${found} is none of its values.`, `${name}：${found} 不在可选值中。`)
  }
  if (typeof value !== 'number' || !Number.isFinite(value))
    return wrong(`${name}: expected a number, found ${found}.`, `${name}：应为数字，实际为 ${found}。`)
  return couldBeDrawn(entry, value)
    ? []
    : wrong(
        `${name}: ${found} cannot be drawn from ${entry.type} ${JSON.stringify(entry.value)}.`,
        `${name}：${found} 不可能来自 ${entry.type} ${JSON.stringify(entry.value)}。`,
      )
}

function couldBeDrawn({ type, value: values }: SpaceEntry, value: number): boolean {
  const [low = 0, high = 0, q] = values as number[]
  if (type === 'randint') return Number.isInteger(value) && value >= low && value < high
  if (type.includes('log') && value < 0) return false
  const slack = CLOSE * Math.max(1, Math.abs(value))
  const bounded = !type.includes('normal')
  if (bounded && (value < low - slack || value > high + slack)) return false
  if (q === undefined) return true
  const stepped = Math.abs(value - Math.round(value / q) * q) <= slack
  return stepped || (bounded && (Math.abs(value - low) <= slack || Math.abs(value - high) <= slack))
}
