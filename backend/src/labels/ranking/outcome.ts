/** What a score came to, for a text that was not learnt from. */
export interface Outcome {
  /** Log of a probability. */
  score: number
  right: boolean
  /** False where the right label had been taken out of the tree. */
  known: boolean
}

/** Texts of unknown labels that are reckoned with for one of a known label, where it is decided what is sure. */
const UNKNOWN = 0.15

/** What each outcome of an unknown label counts then; one of a known label counts 1. */
export function unknownWeight(outcomes: readonly Outcome[]): number {
  const known = outcomes.filter((outcome) => outcome.known).length
  return known === outcomes.length ? 0 : (UNKNOWN * known) / (outcomes.length - known)
}

/** Share of `count` texts of which `right` were right. One right and one wrong are added: nothing is ever certain. */
export function carefulShare(right: number, count: number): number {
  return (right + 1) / (count + 2)
}
