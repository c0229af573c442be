/** A value of a JSON or YAML text that knows its line (1-based). A key may stand twice: whoever reads it decides what that means. */
export type MarkedValue = { line: number } & (
  | { kind: 'map'; entries: { key: string; line: number; value: MarkedValue }[] }
  | { kind: 'list'; items: MarkedValue[] }
  /** Text, number or truth as text; absent for null. */
  | { kind: 'scalar'; text?: string }
)

/** Nesting beyond which a text is refused; a label tree needs about two a level. */
export const MOST_NESTING = 64
