import { isMap, type Json } from '../json.ts'
import { suggestion } from '../suggest.ts'
import type { Algorithm, Argument } from './algorithm.ts'
import { ASSESSORS } from './assessors.ts'
import type { Words } from './space.ts'
import { TUNERS } from './tuners.ts'

export interface ArgumentProblem {
  /** Below `classArgs`. */
  path: string[]
  words: Words
}

/** What is wrong with the `classArgs` of an algorithm. NNI itself would tell only after it has started, if at all. */
export function checkClassArgs(algorithm: Algorithm, args: Record<string, Json> = {}): ArgumentProblem[] {
  const problems = checkFields(algorithm, algorithm.classArgs, args, [])
  const { min_budget: low = 1, max_budget: high = 3 } = args
  if (algorithm.name === 'BOHB' && problems.length === 0 && Number(low) >= Number(high))
    problems.push({
      path: ['max_budget'],
      words: {
        en: `max_budget (${high}) must be above min_budget (${low}).`,
        zh: `max_budget（${high}）必须大于 min_budget（${low}）。`,
      },
    })
  return problems
}

function checkFields(
  algorithm: Algorithm,
  fields: Record<string, Argument>,
  args: Record<string, Json>,
  path: string[],
): ArgumentProblem[] {
  const problems: ArgumentProblem[] = []
  for (const [name, value] of Object.entries(args)) {
    const at = [...path, name]
    const argument = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!argument) problems.push({ path: at, words: unknownArgument(algorithm, fields, name) })
    else if (argument.type === 'map' && isMap(value))
      problems.push(...checkFields(algorithm, argument.fields ?? {}, value, at))
    else {
      const expected = expectedInstead(argument, value)
      if (expected)
        problems.push({
          path: at,
          words: {
            en: `${name}: expected ${expected.en}, found ${JSON.stringify(value)}.${typeof value === 'string' ? suggestion(value, argument.choices ?? []) : ''}`,
            zh: `${name}：应为${expected.zh}，实际为 ${JSON.stringify(value)}。`,
          },
        })
    }
  }
  for (const [name, { required }] of Object.entries(fields))
    if (required && !Object.hasOwn(args, name))
      problems.push({
        path: [...path, name],
        words: { en: `${algorithm.name} needs ${name}.`, zh: `${algorithm.name} 需要 ${name}。` },
      })
  return problems
}

function unknownArgument(algorithm: Algorithm, fields: Record<string, Argument>, name: string): Words {
  const known = Object.keys(fields)
  const others = [...TUNERS, ...ASSESSORS].filter((one) => Object.hasOwn(one.classArgs, name)).map((one) => one.name)
  const list = known.length > 0 ? `There are ${known.join(', ')}.` : 'It takes none.'
  const zhList = known.length > 0 ? `可用：${known.join('、')}。` : '它没有参数。'
  const owners = others.length > 0 ? ` It is one of ${others.join(', ')}.` : suggestion(name, known)
  return {
    en: `${algorithm.name} has no argument ${name}.${owners} ${list}`,
    zh: `${algorithm.name} 没有参数 ${name}。${others.length > 0 ? `它属于 ${others.join('、')}。` : ''}${zhList}`,
  }
}

/** What an argument should be, where `value` is not that. */
function expectedInstead(argument: Argument, value: Json): Words | undefined {
  if (value === null && argument.nullable) return undefined
  const { type, choices = [] } = argument
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : { en: 'true or false', zh: ' true 或 false' }
    case 'text':
      return typeof value === 'string' && value !== '' ? undefined : { en: 'text', zh: '文本' }
    case 'map':
      return { en: 'a map of arguments', zh: '参数的映射' }
    case 'choice':
      if (typeof value === 'string' && choices.includes(value)) return undefined
      return { en: `one of ${choices.join(', ')}`, zh: ` ${choices.join('、')} 之一` }
    default: {
      const { minimum = -Infinity, maximum = Infinity, exclusive = false } = argument
      const fitting = type === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value)
      if (fitting && Number(value) >= minimum && Number(value) <= maximum && !(exclusive && value === minimum))
        return undefined
      const range = rangeWords(minimum, maximum, exclusive)
      return type === 'integer'
        ? { en: `a whole number${range.en}`, zh: `整数${range.zh}` }
        : { en: `a number${range.en}`, zh: `数字${range.zh}` }
    }
  }
}

function rangeWords(minimum: number, maximum: number, exclusive: boolean): Words {
  const low = exclusive
    ? { en: `above ${minimum}`, zh: `大于 ${minimum}` }
    : { en: `at least ${minimum}`, zh: `不小于 ${minimum}` }
  const high = { en: `at most ${maximum}`, zh: `不大于 ${maximum}` }
  const parts = [...(Number.isFinite(minimum) ? [low] : []), ...(Number.isFinite(maximum) ? [high] : [])]
  if (parts.length === 0) return { en: '', zh: '' }
  return { en: ` of ${parts.map(({ en }) => en).join(' and ')}`, zh: `（${parts.map(({ zh }) => zh).join('，')}）` }
}
