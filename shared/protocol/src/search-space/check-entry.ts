import { isMap, type Json, own } from '../json.ts'
import { didYouMean, suggestion } from '../suggest.ts'
import { checkNumbers } from './check-numbers.ts'
import type { Findings } from './findings.ts'
import { COMBINED, SPACE_TYPES, type SpaceBranch, type SpaceEntry, type SpacePath, type SpaceType } from './space.ts'

/** Values of one choice: more are refused, as a tuner keeps a weight for each. */
export const MOST_CHOICES = 10_000

const isType = (text: string): text is SpaceType => (SPACE_TYPES as readonly string[]).includes(text)

/** Entries of a space or of a branch. */
export function checkMap(map: Record<string, Json>, path: SpacePath, found: Findings): SpaceEntry[] {
  const entries: SpaceEntry[] = []
  for (const [name, written] of Object.entries(map)) {
    const at = [...path, name]
    if (name === '_name') {
      // NNI passes over it at any depth; in a branch it is the branch's name.
      if (path.length === 0)
        found.error(
          at,
          '"_name" belongs into a branch of a choice; here it would be passed over.',
          '"_name" 只能写在 choice 的分支中；在这里会被忽略。',
        )
    } else if (name === '') found.error(at, 'A parameter needs a name.', '参数需要名称。')
    else entries.push(checkEntry(name, written, at, found))
  }
  return entries
}

/** Understands one entry, `{"_type": …, "_value": [ … ]}`, and tells what is wrong with it. */
export function checkEntry(name: string, written: Json, path: SpacePath, found: Findings): SpaceEntry {
  const before = found.errors
  const entry: SpaceEntry = { name, path, type: '', value: null, sound: false }
  if (!isMap(written)) {
    found.error(
      path,
      `${name} needs a kind and values, like {"_type": "choice", "_value": [${JSON.stringify(written)}]}.`,
      `${name} 需要类型和取值，例如 {"_type": "choice", "_value": [${JSON.stringify(written)}]}。`,
    )
    return entry
  }
  const type = own(written, '_type')
  const value = own(written, '_value')
  if (value !== undefined) entry.value = value
  if (typeof type === 'string') entry.type = type
  for (const key of ['_type', '_value'].filter((needed) => own(written, needed) === undefined)) {
    const near = didYouMean(
      key,
      Object.keys(written).filter((other) => other !== '_type' && other !== '_value'),
    )
    found.error(
      path,
      `${name} has no "${key}".${near === undefined ? '' : ` Is it what is called "${near}" here?`}`,
      `${name} 没有 "${key}"。${near === undefined ? '' : `是否就是这里的 "${near}"？`}`,
    )
  }
  if (type !== undefined && !(typeof type === 'string' && isType(type))) {
    const near = suggestion(String(type), SPACE_TYPES)
    found.error(
      [...path, '_type'],
      `${JSON.stringify(type)} is no kind of value.${near} There are ${SPACE_TYPES.join(', ')}.`,
      `没有名为 ${JSON.stringify(type)} 的类型。可用：${SPACE_TYPES.join('、')}。`,
    )
  }
  if (value !== undefined && !Array.isArray(value))
    found.error(
      [...path, '_value'],
      `The values of ${name} must be a list: [ … ], found ${JSON.stringify(value)}.`,
      `${name} 的取值必须是列表：[ … ]，实际为 ${JSON.stringify(value)}。`,
    )
  else if (value !== undefined && typeof type === 'string' && isType(type)) {
    if (type === 'choice') checkChoice(entry, value, found)
    else checkNumbers(name, type, value, [...path, '_value'], found)
  }
  entry.sound = found.errors === before && type !== undefined && value !== undefined
  return entry
}

function checkChoice(entry: SpaceEntry, values: Json[], found: Findings): void {
  const path = [...entry.path, '_value']
  const { name } = entry
  if (values.length === 0)
    found.error(path, `${name} has nothing to choose from. Add a value.`, `${name} 没有可选的值。请添加一个值。`)
  else if (values.length > MOST_CHOICES)
    found.error(
      path,
      `${name} has ${values.length} values; a choice may have ${MOST_CHOICES}. For numbers in order use quniform.`,
      `${name} 有 ${values.length} 个值；choice 最多 ${MOST_CHOICES} 个。有序的数字请用 quniform。`,
    )
  else if (values.some((item) => isMap(item) && own(item, '_name') !== undefined))
    entry.branches = branches(entry, values, found)
  else if (name === COMBINED && entry.path.length === 1 && values.every(isMap)) return
  else checkPlain(name, values, path, found)
}

function checkPlain(name: string, values: Json[], path: SpacePath, found: Findings): void {
  const kinds = new Set(values.map((item) => typeof item))
  const seen = new Map<string, number>()
  values.forEach((item, i) => {
    const at = [...path, i]
    if (typeof item === 'number' && !Number.isFinite(item)) found.notFinite(at)
    else if (item === null || typeof item === 'object')
      found.undefinedInNni(
        at,
        `A choice is among texts or numbers; ${short(item)} is neither. ${
          isMap(item)
            ? 'For a branch with parameters of its own add "_name".'
            : 'Write it as text and read it in your code.'
        }`,
        `choice 的值只能是文本或数字；${short(item)} 都不是。${
          isMap(item) ? '若要带自身参数的分支，请加上 "_name"。' : '请写成文本，并在代码中解析。'
        }`,
      )
    else if (typeof item === 'boolean')
      found.undefinedInNni(
        at,
        `A choice is among texts or numbers; write ${item} as "${item}" or as ${Number(item)}.`,
        `choice 的值只能是文本或数字；请把 ${item} 写成 "${item}" 或 ${Number(item)}。`,
      )
    // Python holds 1, 1.0 and true for the same.
    const key = typeof item === 'boolean' ? String(Number(item)) : JSON.stringify(item)
    const first = seen.get(key)
    if (first === undefined) seen.set(key, i)
    else
      found.undefinedInNni(
        at,
        `${short(item)} stands here a second time. Each value may stand once.`,
        `${short(item)} 重复出现。每个值只能出现一次。`,
      )
  })
  if (kinds.has('number') && kinds.has('string'))
    found.undefinedInNni(
      path,
      `${name} mixes texts and numbers. Use one kind of value.`,
      `${name} 混用了文本和数字。请只用一种。`,
    )
}

function branches(entry: SpaceEntry, values: Json[], found: Findings): SpaceBranch[] {
  const names = new Set<string>()
  return values.map((item, i): SpaceBranch => {
    const path = [...entry.path, '_value', i]
    const name = isMap(item) ? own(item, '_name') : undefined
    if (!isMap(item) || typeof name !== 'string' || name === '') {
      found.error(
        path,
        `Each branch of ${entry.name} needs a "_name" that is text, as the others have.`,
        `${entry.name} 的每个分支都需要文本形式的 "_name"。`,
      )
      return { name: typeof name === 'string' ? name : '', path, entries: [] }
    }
    if (names.has(name))
      found.error(
        [...path, '_name'],
        `${entry.name} has two branches called ${name}. Rename one of them.`,
        `${entry.name} 有两个名为 ${name} 的分支。请重命名其中一个。`,
      )
    names.add(name)
    return { name, path, entries: checkMap(item, path, found) }
  })
}

function short(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
