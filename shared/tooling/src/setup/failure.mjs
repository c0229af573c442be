/** Something the person at the terminal can mend: what happened, the evidence, what to do next. */
export class Failure extends Error {
  /**
   * @param {string} what plain sentence
   * @param {string} next what to do
   * @param {string[]} [lines] last lines of the command that failed
   */
  constructor(what, next, lines = []) {
    super(what)
    this.next = next
    this.lines = lines
  }
}

/**
 * Prints any error as what, evidence, next step.
 * @param {unknown} error
 */
export function printFailure(error) {
  if (!(error instanceof Failure)) {
    console.error(`\nFailed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return
  }
  console.error(`\nFailed: ${error.message}`)
  for (const line of error.lines) console.error(`  | ${line}`)
  console.error(`Next:   ${error.next}`)
}
