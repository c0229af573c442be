import { createHash } from 'node:crypto'
import type { LabelPath, Strategy, Suggestion } from '@secxops/protocol/labels'
import { textKey } from '../ranking/text-views.ts'
import type { WorkerAnswer } from './worker-calls.ts'

/** What an answer belongs to. */
export interface AnswerOrigin {
  base: string
  baseVersion: number
  model: string
  strategy: Strategy
}

/** An answer on the wire. The same origin and text give the same bytes. */
export function suggestionOf(
  origin: AnswerOrigin,
  text: string,
  answer: WorkerAnswer,
  decided: { path: LabelPath; by: string; at: string } | undefined,
): Suggestion {
  const { path, confidence, level_confidence, state, sure_levels, known, alternatives, why } = answer
  const { base, baseVersion, model, strategy } = origin
  return {
    id: createHash('sha256')
      .update(JSON.stringify([base, baseVersion, model, strategy, text]))
      .digest('hex')
      .slice(0, 32),
    ...origin,
    key: textKey(text),
    path,
    confidence,
    levelConfidence: level_confidence,
    state,
    sureLevels: sure_levels,
    known,
    alternatives,
    why,
    ...(decided ? { decided } : {}),
  }
}
