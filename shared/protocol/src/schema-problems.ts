import type * as z from 'zod'
import type { ErrorCode, Problem } from './errors.ts'
import { suggestion } from './suggest.ts'
import { placeOf, type YamlTree } from './yaml-read.ts'

type Issue = z.core.$ZodIssue
type Step = string | number

const EXPECTED: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  record: 'a map (lines of "name: …")',
  object: 'a map (lines of "key: value")',
}

/** Problems of a value that does not fit a schema, in plain words, each with its field, line and column. */
export function schemaProblems(schema: z.ZodType, tree: YamlTree, issues: Issue[], code: ErrorCode): Problem[] {
  return issues.flatMap((issue) => problemsOf(schema, tree, issue, [], code))
}

function problemsOf(schema: z.ZodType, tree: YamlTree, issue: Issue, base: Step[], code: ErrorCode): Problem[] {
  const path = [...base, ...issue.path.filter((step) => typeof step !== 'symbol')]
  const problem = (message: string, field: Step[] = path, key = false): Problem => {
    const where = { ...placeOf(tree, field, key), field: field.join('.') }
    return { severity: 'error', code, message: field.length ? `${field.join('.')}: ${message}` : message, where }
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((name) => {
        const known = keysAt(schema, path)
        const guess = suggestion(name, known) || (known.length ? ` Known here: ${known.join(', ')}.` : '')
        return problem(`"${name}" is not known here.${guess}`, [...path, name], true)
      })
    case 'invalid_key':
      return issue.issues.map((inner) => problem(`this name is not allowed: ${inner.message}.`, path, true))
    case 'invalid_union': {
      const nearest = issue.errors.find((branch) => branch.length > 0 && branch.every((inner) => inner.path.length > 0))
      if (nearest) return nearest.flatMap((inner) => problemsOf(schema, tree, inner, path, code))
      return [problem(`${unionWords(issue)}, found ${found(tree, path)}.`)]
    }
    case 'invalid_type': {
      const value = valueAt(tree, path)
      const expected = EXPECTED[issue.expected] ?? issue.expected
      if (value === undefined) return [problem(`missing. Expected ${expected}.`)]
      return [problem(`expected ${expected}, found ${found(tree, path)}.`)]
    }
    case 'invalid_value': {
      const value = valueAt(tree, path)
      const values = issue.values.map(String)
      const expected = values.length > 1 ? `one of ${values.join(', ')}` : values.join('')
      if (value === undefined) return [problem(`missing. Expected ${expected}.`)]
      const guess = typeof value === 'string' ? suggestion(value, values) : ''
      return [problem(`expected ${expected}, found ${found(tree, path)}.${guess}`)]
    }
    case 'too_small':
      return [problem(`expected ${bound(issue.origin, `at least ${issue.minimum}`)}, found ${found(tree, path)}.`)]
    case 'too_big':
      return [problem(`expected ${bound(issue.origin, `at most ${issue.maximum}`)}, found ${found(tree, path)}.`)]
    default:
      return [problem(`${found(tree, path)} does not fit: ${issue.message}.`)]
  }
}

const bound = (origin: string, words: string): string =>
  origin === 'string' ? `${words} characters` : origin === 'array' ? `${words} entries` : words

function unionWords(issue: z.core.$ZodIssueInvalidUnion): string {
  return issue.message.startsWith('Invalid input') ? 'expected another kind of value' : issue.message
}

function valueAt(tree: YamlTree, path: Step[]): unknown {
  let value: unknown = tree.value
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<Step, unknown>)[step]
  }
  return value
}

function found(tree: YamlTree, path: Step[]): string {
  const value = valueAt(tree, path)
  if (value === undefined || value === null) return 'nothing'
  const text = JSON.stringify(value)
  const cut = text.length > 60 ? `${text.slice(0, 57)}…` : text
  return Array.isArray(value) ? `a list (${cut})` : typeof value === 'object' ? `a map (${cut})` : cut
}

/** Keys that a schema knows at a path; empty where any name is allowed. */
function keysAt(schema: z.ZodType, path: Step[]): string[] {
  let at: z.core.$ZodType | undefined = schema
  for (const step of path) at = child(at, step)
  const def = at && unwrap(at)._zod.def
  return def?.type === 'object' ? Object.keys((def as z.core.$ZodObjectDef).shape) : []
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod
  return def.type === 'optional' ? unwrap((def as z.core.$ZodOptionalDef).innerType) : schema
}

function child(schema: z.core.$ZodType | undefined, step: Step): z.core.$ZodType | undefined {
  if (!schema) return undefined
  const { def } = unwrap(schema)._zod
  if (def.type === 'object') return (def as z.core.$ZodObjectDef).shape[step]
  if (def.type === 'record') return (def as z.core.$ZodRecordDef).valueType
  return def.type === 'array' ? (def as z.core.$ZodArrayDef).element : undefined
}
