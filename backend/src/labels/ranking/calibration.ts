import { SURE } from './answer.ts'
import { sigmoid } from './logistic.ts'
import type { Outcome } from './outcome.ts'
import { curveProbability, fitScoreCurve, type ScoreCurve } from './score-curve.ts'
import { fitSteps, type Steps, stepShare } from './steps.ts'

/** Known labels up to which only the curve counts, and from which on only the steps do: fewer make no more than one or two steps. */
const FEW = 200
const MANY = 600
/** Width that equal confidences are spread over, so that the order of their scores is kept. */
const SPREAD = 0.004
/** With all of its spread still less than sure. */
const BELOW_SURE = SURE - SPREAD

/** Score → probability. */
export interface Calibration {
  curve: ScoreCurve
  steps: Steps
  /** Share of the steps in the probability. */
  stepped: number
}

export function fitCalibration(outcomes: readonly Outcome[]): Calibration {
  const known = outcomes.filter((outcome) => outcome.known).length
  return {
    curve: fitScoreCurve(outcomes),
    steps: fitSteps(outcomes, BELOW_SURE),
    stepped: Math.min(1, Math.max(0, (known - FEW) / (MANY - FEW))),
  }
}

/** A higher score never has a lower probability, and nearly always a higher one. */
export function calibrated({ curve, steps, stepped }: Calibration, score: number): number {
  const smooth = stepped < 1 ? (1 - stepped) * curveProbability(curve, score, BELOW_SURE) : 0
  return smooth + stepped * stepShare(steps, score) + SPREAD * (sigmoid(score) - 0.5)
}
