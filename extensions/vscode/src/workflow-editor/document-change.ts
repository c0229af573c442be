import type { WorkflowDocumentState } from '@secxops/panels/host'
import type { DocumentChange } from '../webviews/contract.ts'

/** What a page must be told so that it shows `now` instead of `before`; parts that are the same object are not sent again. */
export function documentChange(before: WorkflowDocumentState, now: WorkflowDocumentState): DocumentChange | undefined {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])] as (keyof WorkflowDocumentState)[]
  const changed = keys.filter((key) => before[key] !== now[key])
  if (changed.length === 0) return undefined
  const gone = changed.filter((key) => now[key] === undefined)
  const set = Object.fromEntries(changed.filter((key) => now[key] !== undefined).map((key) => [key, now[key]]))
  return { set, gone }
}
