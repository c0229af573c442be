import type { Parameter, ParameterValue } from './module.ts'
import { suggestion } from './suggest.ts'

/** True where a parameter has no value: nothing given, or null where null does not count as one. */
export function isUnset(parameter: Parameter, value: ParameterValue | undefined): boolean {
  return value === undefined || (value === null && (parameter.type !== 'json' || parameter.required === false))
}

/**
 * Canonical text of a value, as a program gets it: strings as they are, everything else as compact JSON, which is also YAML 1.1 (a program
 * may read it as either): there a number with an exponent has a point, and text has no line or control characters of its own.
 */
export function formatValue(value: ParameterValue): string {
  if (typeof value === 'string') return value
  const json = JSON.stringify(value)
  return typeof value === 'object' && value !== null ? json.replace(NOT_YAML, yamlPiece) : json
}

/** Values as a command gets them: a text that is the value of a `json` parameter becomes JSON, in quotes, as its other values are. */
export function commandValues(
  parameters: Record<string, Parameter> | undefined,
  values: Record<string, ParameterValue>,
): Record<string, ParameterValue> {
  const given = Object.entries(values).map(([name, value]): [string, ParameterValue] => {
    const quoted = typeof value === 'string' && parameters?.[name]?.type === 'json'
    return [name, quoted ? JSON.stringify(value).replace(NOT_YAML, yamlPiece) : value]
  })
  return Object.fromEntries(given)
}

/** A whole text (so that nothing inside is taken for a number), or a number like 1e-7. */
const NOT_YAML = /"(?:[^"\\]|\\.)*"|(?<![\d.])(\d+)(e[+-]\d+)/g

const yamlPiece = (piece: string, digits?: string, exponent?: string): string =>
  digits === undefined
    ? piece.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : `${digits}.0${exponent}`

/** Characters that JSON allows in a text and YAML does not, or takes for a line break. */
const HIDDEN = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

const shown = (value: ParameterValue): string => {
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

function rangeWords({ minimum, maximum }: Parameter): string {
  if (minimum !== undefined && maximum !== undefined) return `from ${minimum} to ${maximum}`
  if (minimum !== undefined) return `of at least ${minimum}`
  if (maximum !== undefined) return `of at most ${maximum}`
  return ''
}

/** What a parameter accepts, in words: "a whole number from 1 to 10". */
export function expectedWords(parameter: Parameter): string {
  const range = rangeWords(parameter)
  switch (parameter.type) {
    case 'integer':
      return `a whole number${range && ` ${range}`}`
    case 'number':
      return `a number${range && ` ${range}`}`
    case 'boolean':
      return 'true or false'
    case 'choice':
      return `one of ${(parameter.choices ?? []).join(', ')}`
    case 'json':
      return 'a JSON value'
    default:
      return 'text'
  }
}

/** Why `value` is not lawful for `parameter`, as a whole sentence; undefined when it is. An unset value is lawful only with `required: false`. */
export function checkValue(parameter: Parameter, value: ParameterValue | undefined): string | undefined {
  if (isUnset(parameter, value)) return parameter.required === false ? undefined : 'A value is needed.'
  const given = value as ParameterValue
  const wrong = `Expected ${expectedWords(parameter)}, found ${shown(given)}.`
  switch (parameter.type) {
    case 'integer':
    case 'number': {
      if (typeof given !== 'number' || !Number.isFinite(given)) return wrong
      if (parameter.type === 'integer' && !Number.isSafeInteger(given)) return wrong
      const low = parameter.minimum !== undefined && given < parameter.minimum
      const high = parameter.maximum !== undefined && given > parameter.maximum
      return low || high ? wrong : undefined
    }
    case 'boolean':
      return typeof given === 'boolean' ? undefined : wrong
    case 'choice':
      if (parameter.choices?.some((choice) => choice === given)) return undefined
      return wrong + (typeof given === 'string' ? suggestion(given, (parameter.choices ?? []).map(String)) : '')
    case 'json':
      return undefined
    default:
      if (typeof given !== 'string') return `${wrong} Put quotes around it.`
      return given.includes('\0') ? 'Text must not contain a NUL character.' : undefined
  }
}

/** Reads a typed value out of text, e.g. of `-p lr=0.1` or of a form field. */
export function parseValue(parameter: Parameter, text: string): { value: ParameterValue } | { message: string } {
  const value = readText(parameter, text)
  if (value === undefined) return { message: `Expected ${expectedWords(parameter)}, found ${shown(text)}.` }
  const message = checkValue(parameter, value)
  return message === undefined ? { value } : { message }
}

function readText(parameter: Parameter, text: string): ParameterValue | undefined {
  const word = text.trim()
  switch (parameter.type) {
    case 'integer':
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : undefined
    case 'boolean':
      if (/^(true|yes|on|1)$/i.test(word)) return true
      return /^(false|no|off|0)$/i.test(word) ? false : undefined
    case 'choice':
      return parameter.choices?.find((choice) => String(choice) === word) ?? text
    case 'json':
      try {
        return JSON.parse(text) as ParameterValue
      } catch {
        return undefined
      }
    default:
      return text
  }
}

/** Given values over defaults, for every parameter of a module or workflow; unset ones are absent. Does not check: {@link checkValue}. */
export function withDefaults(
  parameters: Record<string, Parameter> | undefined,
  given: Record<string, ParameterValue | undefined> = {},
): Record<string, ParameterValue> {
  const values: Record<string, ParameterValue> = {}
  for (const [name, parameter] of Object.entries(parameters ?? {})) {
    const value = Object.hasOwn(given, name) && given[name] !== undefined ? given[name] : parameter.default
    if (value !== undefined && !isUnset(parameter, value)) values[name] = value
  }
  return values
}
