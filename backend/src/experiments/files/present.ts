import type { Json } from '@secxops/protocol/json'

/** The entries that have a value. */
export function present(values: Record<string, Json | undefined>): Record<string, Json> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Json] => entry[1] !== undefined))
}
