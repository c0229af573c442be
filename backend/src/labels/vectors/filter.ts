/** What a search is narrowed to, as Milvus takes it. */
export interface MilvusFilter {
  filter: string
  exprValues?: Record<string, readonly string[]>
}

/** One field and the values that it may have. */
export interface AllowedValues {
  /** A name of ours, never a user's. */
  field: string
  values: readonly string[]
}

/**
 * The only place that makes a filter: every field must have one of its values. `templates`: the server takes values beside the
 * expression; else they stand in it as literals. Undefined: no limit.
 */
export function filterOf(allowed: readonly AllowedValues[], templates: boolean): MilvusFilter | undefined {
  if (allowed.length === 0) return undefined
  if (!templates)
    return {
      filter: allowed.map(({ field, values }) => `${field} in [${values.map(literal).join(', ')}]`).join(' and '),
    }
  return {
    filter: allowed.map(({ field }) => `${field} in {${field}_values}`).join(' and '),
    exprValues: Object.fromEntries(allowed.map(({ field, values }) => [`${field}_values`, values.map(wellFormed)])),
  }
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A string in Milvus' expressions. It knows these escapes only; every other character stands for itself. */
function literal(value: string): string {
  return `"${wellFormed(value).replace(/[\\"\n\r\t]/g, (character) => ESCAPES[character] as string)}"`
}

/** Half a character cannot be sent; it is stored as it is asked for. */
export const wellFormed = (value: string): string => value.toWellFormed()
