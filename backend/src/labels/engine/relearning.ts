import type { KeptModel } from './model-table.ts'

/** References that must have changed before a base learns anew by itself: this many, and this share of them. */
const CHANGED_LEAST = 50
const CHANGED_SHARE = 0.1

/** What a base needs done so that it answers from what it has: `embed` with the embedder of the settings, then learn; or `learn` only. */
export function neededWork(
  model: KeptModel | undefined,
  references: number,
  embedder: string,
): 'embed' | 'learn' | undefined {
  if (references === 0) return undefined
  if (model && model.embedder !== embedder) return 'embed'
  const changed = model ? model.behind : references
  return changed >= Math.max(CHANGED_LEAST, references * CHANGED_SHARE) ? 'learn' : undefined
}
