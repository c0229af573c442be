import { isMap, type Json } from '../json.ts'
import { checkMap } from './check-entry.ts'
import { Findings } from './findings.ts'
import { allEntries, type SpaceCheck, type SpacePath } from './space.ts'
import { readSpaceText, type SpaceText } from './space-text.ts'

/** Parameters of all depths that one space may have. */
export const MOST_ENTRIES = 1000

export interface CheckOptions {
  /** What NNI runs although its documents do not define it (booleans, mixed choices, …) is only warned of: for spaces of NNI projects. */
  foreign?: boolean
}

/** Tells what is wrong with a search space, and its entries. Never throws. */
export function checkSpaceValue(value: Json | undefined, { foreign = false }: CheckOptions = {}): SpaceCheck {
  const found = new Findings(foreign)
  if (!isMap(value)) {
    found.error(
      [],
      'A search space is a map from names to kinds and values, like {"lr": {"_type": "loguniform", "_value": [0.0001, 0.1]}}.',
      '搜索空间是从名称到类型和取值的映射，例如 {"lr": {"_type": "loguniform", "_value": [0.0001, 0.1]}}。',
    )
    return { entries: [], problems: found.problems }
  }
  refuseMagic(value, [], found)
  const entries = checkMap(value, [], found)
  if (entries.length === 0 && found.errors === 0)
    found.error([], 'The search space is empty. Add a parameter.', '搜索空间为空。请添加一个参数。')
  if (allEntries(entries).length > MOST_ENTRIES)
    found.error([], `The space has more than ${MOST_ENTRIES} parameters.`, `搜索空间的参数超过 ${MOST_ENTRIES} 个。`)
  return { entries, ...(found.errors === 0 && { space: value }), problems: found.problems }
}

/** NNI's reader turns such keys into objects of any class of Python: code would run that only looks like data. */
function refuseMagic(value: Json, path: SpacePath, found: Findings): void {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) refuseMagic(item, [...path, i], found)
  else if (isMap(value))
    for (const [key, item] of Object.entries(value)) {
      if (key.startsWith('__'))
        found.error(
          [...path, key],
          `"${key}" is refused: NNI would make a Python object of it. Use a name that does not start with two underscores.`,
          `拒绝 "${key}"：NNI 会把它变成 Python 对象。名称不能以两个下划线开头。`,
        )
      refuseMagic(item, [...path, key], found)
    }
}

export interface TextOptions extends CheckOptions, SpaceText {}

/**
 * Checks a search space in a JSON or YAML text. Every problem has a range in it. A text that is broken has no entries.
 * With `at` the space is what stands there, as in an experiment file; paths of problems start at the space.
 */
export function checkSpace(text: string, options: TextOptions = {}): SpaceCheck {
  const read = readSpaceText(text, options)
  if (!read.tree) return { entries: [], problems: read.problems }
  const check = checkSpaceValue(read.value, options)
  const { rangeOf } = read
  const problems = [...read.problems, ...check.problems.map((one) => ({ ...one, range: rangeOf(one.path) }))]
  const failed = problems.some(({ severity }) => severity === 'error')
  return { entries: check.entries, ...(!failed && check.space && { space: check.space }), problems }
}
