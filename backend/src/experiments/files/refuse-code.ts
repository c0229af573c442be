import type { ProblemList } from './problem-list.ts'

/** NNI rebuilds Python objects from maps with this key, and so runs what they say. */
const MARK = '__nni_type__'

/** Tells of every value that NNI would run. The search space has its own, stricter check. */
export function refuseCode(value: unknown, list: ProblemList, field: (string | number)[] = []): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Object.entries(value)) {
    if (key === 'searchSpace') continue
    if (key === MARK)
      list.error(
        [...field, key],
        `${MARK} makes NNI run code that is hidden in this file. Remove it and write plain values.`,
      )
    else refuseCode(item, list, [...field, key])
  }
}
