import type { Cursor } from './cursor.ts'
import type { Schema, SchemaGuide } from './schema.ts'

/** Something that can be typed at the cursor in place of the word there. */
export interface Suggestion {
  label: string
  insert: string
  kind: 'key' | 'value' | 'reference'
  detail?: string
  documentation?: string
  /** Asks for the next completions at once, e.g. after "module: ". */
  again?: boolean
}

/** What the schema of the file knows at the cursor. */
export function schemaSuggestions(guide: SchemaGuide, cursor: Cursor): Suggestion[] {
  const { path, key, siblings, flow } = cursor
  if (key !== undefined)
    return guide.values([...path, key]).map((value) => ({ label: value, insert: value, kind: 'value' }))
  const taken = new Set(siblings)
  return guide
    .keys(path)
    .filter((one) => !taken.has(one.key))
    .map(({ key, schema, required }) => ({
      label: key,
      insert: `${key}:${holdsMap(schema) && !flow ? `\n${' '.repeat(2)}` : ' '}`,
      kind: 'key',
      ...(required ? { detail: 'required' } : {}),
      ...(schema.description === undefined ? {} : { documentation: schema.description }),
      again: true,
    }))
}

/** Sections whose entries stand on lines of their own. */
const holdsMap = ({ type, additionalProperties }: Schema): boolean =>
  type === 'object' && typeof additionalProperties === 'object'
