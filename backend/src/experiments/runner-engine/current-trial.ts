import type { Proposal } from '../tuning/tuner-process.ts'
import type { TrialRun } from './trial-run.ts'

/** A trial that is under way. */
export interface CurrentTrial {
  run: TrialRun
  /** The tuner's own name of its parameters; absent where this tuner did not propose them. */
  proposal?: Proposal['id']
  /** Finite points so far: what the assessor counts. */
  points: number
  final?: number
  finals?: Record<string, number>
  timer?: NodeJS.Timeout
  /** Why it was asked to end. */
  because?: 'user' | 'assessor' | 'limit'
}
