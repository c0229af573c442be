/** Gives every item the place it has as its React key, for lists whose items have no other identity. */
export function keyed<T>(items: readonly T[]): { key: string; item: T; index: number }[] {
  return items.map((item, index) => ({ key: `k${index}`, item, index }))
}
