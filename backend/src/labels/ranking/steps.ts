import { SURE } from './answer.ts'
import { carefulShare, type Outcome, unknownWeight } from './outcome.ts'

/** Standard error that the share right of a step has at most: a confidence is no finer than the references can tell. */
const ERROR = 0.03

/** Probabilities by score, in steps that never fall. Every score from `from[i]` to `from[i + 1]` has `probabilities[i]`. */
export interface Steps {
  /** Ascending; the first is −∞. */
  from: Float64Array
  probabilities: Float64Array
}

interface Step {
  count: number
  right: number
  /** Lowest score of the step. */
  least: number
}

/**
 * Steps of the known labels from the surest outcome down, each as narrow as {@link ERROR} allows; a step that is righter than the one
 * above it joins it. A step that is not certainly {@link SURE}, unknown labels included, has `below` at most.
 */
export function fitSteps(outcomes: readonly Outcome[], below: number): Steps {
  const sorted = outcomes.filter(({ known }) => known).sort((a, b) => b.score - a.score)
  const steps: Step[] = []
  let open: Step = { count: 0, right: 0, least: 0 }
  sorted.forEach(({ score, right }, at) => {
    open = { count: open.count + 1, right: open.right + Number(right), least: score }
    // Equal scores stay in one step.
    if (shareError(open) > ERROR || sorted[at + 1]?.score === score) return
    steps.push(open)
    open = { count: 0, right: 0, least: 0 }
  })
  // What is left over at the lower end is a step of its own where it is nearly enough for one.
  if (open.count > 0) steps.push(shareError(open) > ERROR * 1.5 ? joined(steps.pop(), open) : open)
  const falling: Step[] = []
  for (let step of steps) {
    for (let above = falling.at(-1); above && share(step) >= share(above); above = falling.at(-1)) {
      step = joined(above, step)
      falling.pop()
    }
    falling.push(step)
  }
  const unsure = falling.findIndex((step, i) => !isSure(step, falling[i - 1]?.least, outcomes))
  const shares = falling.map((step, i) => (i < unsure || unsure < 0 ? share(step) : Math.min(share(step), below)))
  return {
    from: Float64Array.from(falling.reverse(), ({ least }, i) => (i === 0 ? Number.NEGATIVE_INFINITY : least)),
    probabilities: Float64Array.from(shares.reverse()),
  }
}

/** Whether so many of the answers of a step, up to the score `below`, are right that it is not by luck (one standard error). */
function isSure(step: Step, below: number | undefined, outcomes: readonly Outcome[]): boolean {
  const unknown = outcomes.filter((outcome) => !outcome.known)
  const weight = unknownWeight(outcomes)
  const own = unknown.filter(({ score }) => score >= step.least && (below === undefined || score < below))
  const all: Step = {
    count: step.count + weight * own.length,
    right: step.right + weight * own.filter(({ right }) => right).length,
    least: step.least,
  }
  return share(all) - shareError(all) >= SURE
}

/** The probability of a score. A higher score never has a lower one. */
export function stepShare({ from, probabilities }: Steps, score: number): number {
  const at = Math.max(
    0,
    from.findLastIndex((least) => score >= least),
  )
  return probabilities[at] ?? 0.5
}

function share({ count, right }: Step): number {
  return carefulShare(right, count)
}

function shareError(step: Step): number {
  return Math.sqrt((share(step) * (1 - share(step))) / step.count)
}

function joined(above: Step | undefined, below: Step): Step {
  if (!above) return below
  return { count: above.count + below.count, right: above.right + below.right, least: below.least }
}
