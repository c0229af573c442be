import { SURE } from './answer.ts'
import { sigmoid } from './logistic.ts'
import { carefulShare, type Outcome, unknownWeight } from './outcome.ts'

/** How far, as log odds, the level and the slope of the curve are expected to be from what the score itself says. */
const LEVEL_DEVIATION = 1
const SLOPE_DEVIATION = 0.5
const ROUNDS = 50
/** Nearer to 0 a score, the log of a probability, is as good as certain. */
const CERTAIN = -1e-6

/** Logistic curves over the log odds of a score that the outcomes leave possible, each with its likelihood. None falls. */
type Curves = readonly { intercept: number; slope: number; likelihood: number }[]

/** Probability by score where outcomes are few: what the score says itself, drawn to what came of it. */
export interface ScoreCurve {
  /** Known labels the curve was learnt from. */
  count: number
  known: Curves
  /** With as many unknown labels as are reckoned with, which are wrong. */
  all: Curves
}

export function fitScoreCurve(outcomes: readonly Outcome[]): ScoreCurve {
  const weight = unknownWeight(outcomes)
  const known = outcomes.filter((outcome) => outcome.known)
  return {
    count: known.length,
    known: possibleCurves(known, 1),
    all: possibleCurves(outcomes, weight),
  }
}

/** Never falls with the score. `below` at most where it is not {@link SURE} with unknown labels counted. */
export function curveProbability({ count, known, all }: ScoreCurve, score: number, below: number): number {
  const odds = logOdds(score)
  const careful = (curves: Curves): number => carefulShare(count * meanOf(curves, odds), count)
  return careful(all) >= SURE ? careful(known) : Math.min(careful(known), below)
}

function meanOf(curves: Curves, odds: number): number {
  return curves.reduce(
    (sum, { intercept, slope, likelihood }) => sum + likelihood * sigmoid(intercept + slope * odds),
    0,
  )
}

/** The likeliest curve and two on either side of it, by level and by slope: their mean and spread are those of all that are possible. */
function possibleCurves(outcomes: readonly Outcome[], unknown: number): Curves {
  const rows = outcomes.map(({ score, right, known }) => ({
    odds: logOdds(score),
    target: Number(right),
    weight: known ? 1 : unknown,
  }))
  let intercept = 0
  let slope = 1
  let bend = { level: 1, both: 0, slope: 1 }
  for (let round = 0; round < ROUNDS; round++) {
    let level = intercept / LEVEL_DEVIATION ** 2
    let steep = (slope - 1) / SLOPE_DEVIATION ** 2
    bend = { level: 1 / LEVEL_DEVIATION ** 2, both: 0, slope: 1 / SLOPE_DEVIATION ** 2 }
    for (const { odds, target, weight } of rows) {
      const probability = sigmoid(intercept + slope * odds)
      const error = weight * (probability - target)
      const curve = weight * probability * (1 - probability)
      level += error
      steep += error * odds
      bend.level += curve
      bend.both += curve * odds
      bend.slope += curve * odds * odds
    }
    const determinant = bend.level * bend.slope - bend.both ** 2
    const up = (bend.slope * level - bend.both * steep) / determinant
    const turn = (bend.level * steep - bend.both * level) / determinant
    // A longer step than this overshoots.
    const length = Math.min(1, 2 / Math.max(Math.abs(up), Math.abs(turn)))
    intercept -= length * up
    slope -= length * turn
    if (Math.max(Math.abs(up), Math.abs(turn)) < 1e-9) break
  }
  // About this point the errors of the level and of the slope have nothing to do with each other.
  const centre = bend.both / bend.level
  const level = intercept + slope * centre
  const levelError = Math.sqrt(3 / bend.level)
  const slopeError = Math.sqrt((3 * bend.level) / (bend.level * bend.slope - bend.both ** 2))
  const curve = (by: number, turn: number, likelihood: number): Curves[number] => {
    const turned = Math.max(0, slope + turn)
    return { intercept: level + by - turned * centre, slope: turned, likelihood }
  }
  return [
    curve(0, 0, 1 / 3),
    curve(-levelError, 0, 1 / 6),
    curve(levelError, 0, 1 / 6),
    curve(0, -slopeError, 1 / 6),
    curve(0, slopeError, 1 / 6),
  ]
}

/** Of a score that is the log of a probability. */
function logOdds(score: number): number {
  const kept = Math.min(score, CERTAIN)
  return kept - Math.log(-Math.expm1(kept))
}
