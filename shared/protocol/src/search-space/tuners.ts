import type { Tuner } from './algorithm.ts'
import { BUDGET_TUNERS } from './budget-tuners.ts'
import { LEARNING_TUNERS } from './learning-tuners.ts'
import { SIMPLE_TUNERS } from './simple-tuners.ts'

const ORDER = ['TPE', 'Random', 'GridSearch', 'Evolution', 'Anneal', 'BOHB', 'Hyperband', 'GP', 'Metis', 'PBT', 'Batch']

const rank = ({ name }: Tuner): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)

/** The tuners of NNI, the most useful first. Which of them can take a space tells `fits`. */
export const TUNERS: readonly Tuner[] = [...LEARNING_TUNERS, ...SIMPLE_TUNERS, ...BUDGET_TUNERS].sort(
  (a, b) => rank(a) - rank(b),
)
