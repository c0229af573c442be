import type { Json } from '@secxops/protocol/json'
import { isMap } from '@secxops/protocol/json'
import type { ModuleFile, Parameter, ParameterValue } from '@secxops/protocol/module'
import { suggestion } from '@secxops/protocol/suggest'
import { checkValue, expectedWords } from '@secxops/protocol/value'
import { previewArgv } from '../../modules/argv.ts'
import type { ProblemList } from './problem-list.ts'

/**
 * Tells where the values that a search will draw, or the fixed ones, do not fit the parameters of the module. `where`: field of the space
 * in the file. Answers the command of a trial with one lawful set of values.
 */
export function checkModule(
  module: ModuleFile,
  given: Record<string, ParameterValue>,
  space: Record<string, Json>,
  where: string[],
  list: ProblemList,
): string[] {
  const parameters = module.parameters ?? {}
  for (const [name, value] of Object.entries(given)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    const wrong = parameter
      ? checkValue(parameter, value)
      : `${module.name} has no parameter ${name}.${suggestion(name, Object.keys(parameters))}`
    if (wrong) list.error(['with', name], wrong, parameter ? 'bad-parameter' : 'unknown-parameter')
    else if (Object.hasOwn(space, name))
      list.error(['with', name], `${name} stands in the search space too. Remove it from one of them.`)
  }
  for (const [name, entry] of Object.entries(space)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (!parameter)
      list.warn(
        [...where, name],
        `${module.name} declares no parameter ${name}: only code that asks for it by secxops.params() gets it.${suggestion(name, Object.keys(parameters))}`,
      )
    else {
      const wrong = checkDrawn(parameter, entry)
      if (wrong) list.error([...where, name], `${name}: ${wrong}`, 'bad-parameter')
    }
  }
  for (const [name, parameter] of Object.entries(parameters))
    if (
      parameter.required !== false &&
      parameter.default === undefined &&
      !Object.hasOwn(given, name) &&
      !Object.hasOwn(space, name)
    )
      list.error(
        ['with'],
        `Parameter ${name} of ${module.name} has no value: put it into the search space, or under with.`,
        'missing-parameter',
      )
  const drawn = Object.entries(space).filter(([name]) => Object.hasOwn(parameters, name))
  const example = Object.fromEntries(drawn.map(([name, entry]) => [name, exampleOf(entry)]))
  return previewArgv(module, { ...example, ...given }).argv
}

/** Why some value that an entry draws is not lawful for a parameter; undefined: all are. Entries are sound. */
function checkDrawn(parameter: Parameter, entry: Json): string | undefined {
  if (!isMap(entry) || !Array.isArray(entry._value)) return undefined
  const { _type: type, _value: values } = entry
  if (type === 'choice') {
    for (const value of values) {
      const wrong = checkValue(parameter, isMap(value) && parameter.type === 'json' ? {} : asTyped(parameter, value))
      if (wrong) return wrong
    }
    return undefined
  }
  const [low, high, q] = values as number[]
  if (low === undefined || high === undefined) return undefined
  if (parameter.type !== 'integer' && parameter.type !== 'number')
    return parameter.type === 'json'
      ? undefined
      : `${String(type)} draws numbers; expected ${expectedWords(parameter)}.`
  const whole =
    type === 'randint' || (q !== undefined && Number.isInteger(q) && (isNormal(type) || wholeEnds(low, high)))
  if (parameter.type === 'integer' && !whole)
    return `${String(type)} draws fractions; expected ${expectedWords(parameter)}. Use randint, or quniform with q 1.`
  if (isNormal(type)) return undefined
  const most = type === 'randint' ? high - 1 : high
  const { minimum, maximum } = parameter
  if ((minimum !== undefined && low < minimum) || (maximum !== undefined && most > maximum))
    return `draws from ${low} to ${most}; expected ${expectedWords(parameter)}.`
  return undefined
}

const isNormal = (type: Json | undefined): boolean => typeof type === 'string' && type.includes('normal')
const wholeEnds = (low: number, high: number): boolean => Number.isInteger(low) && Number.isInteger(high)

/** NNI knows no true and false in a choice: they are written as text. */
const asTyped = (parameter: Parameter, value: Json): Json =>
  parameter.type === 'boolean' && (value === 'true' || value === 'false') ? value === 'true' : value

function exampleOf(entry: Json): Json {
  const [first] = isMap(entry) && Array.isArray(entry._value) ? entry._value : [null]
  return first ?? null
}
