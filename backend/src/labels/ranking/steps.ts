import { sigmoid } from './logistic.ts'

/** Standard error that the share right of a step has at most: a confidence is no finer than the references can tell. */
const ERROR = 0.03
/** Width that the confidences of one step are spread over, so that their order is kept. */
const SPREAD = 0.004

/** What a score came to. */
export interface Outcome {
  score: number
  right: boolean
}

/** Probabilities by score, in steps that never fall. Every score from `from[i]` to `from[i + 1]` has `probabilities[i]`, but for a hair. */
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

/** Steps from the surest outcome down, each as narrow as {@link ERROR} allows; a step that is righter than the one above it joins it. */
export function fitSteps(outcomes: readonly Outcome[]): Steps {
  const sorted = [...outcomes].sort((a, b) => b.score - a.score)
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
  const rising = falling.reverse()
  return {
    from: Float64Array.from(rising, ({ least }, i) => (i === 0 ? Number.NEGATIVE_INFINITY : least)),
    probabilities: Float64Array.from(rising, share),
  }
}

/** The probability of a score. A higher score never has a lower one, and nearly always a higher. */
export function stepProbability({ from, probabilities }: Steps, score: number): number {
  const at = Math.max(
    0,
    from.findLastIndex((least) => score >= least),
  )
  return (probabilities[at] ?? 0.5) + SPREAD * (sigmoid(score) - 0.5)
}

/** One right and one wrong are added: no step is ever certain. */
function share({ count, right }: Step): number {
  return (right + 1) / (count + 2)
}

function shareError(step: Step): number {
  return Math.sqrt((share(step) * (1 - share(step))) / step.count)
}

function joined(above: Step | undefined, below: Step): Step {
  if (!above) return below
  return { count: above.count + below.count, right: above.right + below.right, least: below.least }
}
