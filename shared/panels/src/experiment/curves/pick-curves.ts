import type { ExperimentDetail } from '@secxops/protocol/experiments'
import { ranked } from '../data/share.ts'
import type { TrialRow } from '../data/trial-list.ts'

/** Curves drawn at once at most. */
export const CURVES = 200

/** Which trials' curves are drawn, of those that the filters let through. */
export const CURVE_CHOICES = ['best', 'newest', 'running', 'compared'] as const
export type CurveChoice = (typeof CURVE_CHOICES)[number]

/** Trials by choice, the most telling first, {@link CURVES} at most. */
export function pickCurves(
  rows: readonly TrialRow[],
  choice: CurveChoice,
  objective: ExperimentDetail['objective'],
  compared: readonly number[],
): number[] {
  const numbers = (some: readonly TrialRow[]): number[] => some.map(({ trial }) => trial.number)
  switch (choice) {
    case 'best': {
      const order = ranked(rows, objective).sort((a, b) => b.share - a.share)
      // What goes on now has its place beside them.
      const running = numbers(rows.filter(isRunning)).slice(0, CURVES / 2)
      return [...numbers(order.map(({ row }) => row)).slice(0, CURVES - running.length), ...running]
    }
    case 'newest':
      return numbers(rows).reverse().slice(0, CURVES)
    case 'running':
      return numbers(rows.filter(isRunning)).slice(0, CURVES)
    case 'compared':
      return compared.slice(0, CURVES)
  }
}

export const isRunning = ({ trial }: TrialRow): boolean => trial.state === 'running'
