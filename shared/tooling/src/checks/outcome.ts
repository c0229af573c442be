/** What a check or a tier of tests found. */
export interface Outcome {
  name: string
  passed: number
  failed: number
  /** Each with the reason why this machine cannot run it. */
  skipped: { name: string; reason: string }[]
  seconds: number
  /** Evidence of what failed; for tests that print as they go, the name of each that failed. */
  output: string
}

/** Outcome of a check that passes as a whole or not. */
export function verdict(name: string, start: number, problems: string): Outcome {
  const failed = problems === '' ? 0 : 1
  return { name, passed: 1 - failed, failed, skipped: [], seconds: since(start), output: problems }
}

/** Outcome of a check that this machine cannot run. */
export function skip(name: string, reason: string): Outcome {
  return { name, passed: 0, failed: 0, skipped: [{ name, reason }], seconds: 0, output: '' }
}

/** Seconds since a `performance.now()`. */
export const since = (start: number): number => (performance.now() - start) / 1000

/** Prints one outcome: a line, then what failed and what was skipped. */
export function print(outcome: Outcome): void {
  const mark = outcome.failed ? '✗' : outcome.passed ? '✓' : '–'
  console.log(`${mark} ${outcome.name.padEnd(34)} ${outcome.seconds.toFixed(1).padStart(6)} s  ${counts(outcome)}`)
  for (const { name, reason } of outcome.skipped) console.log(`    skipped: ${name}: ${reason}`)
  if (outcome.output) console.log(outcome.output.trimEnd().replace(/^/gm, '    '))
}

/** Sums outcomes and prints the closing line; answers true when nothing failed. */
export function close(outcomes: Outcome[]): boolean {
  const sum = (of: (outcome: Outcome) => number): number => outcomes.reduce((total, one) => total + of(one), 0)
  const failed = sum((one) => one.failed)
  console.log(`${sum((one) => one.passed)} passed, ${failed} failed, ${sum((one) => one.skipped.length)} skipped`)
  return failed === 0
}

function counts({ passed, failed, skipped }: Outcome): string {
  if (passed + failed + skipped.length === 1) return ''
  return `${passed} passed${failed ? `, ${failed} failed` : ''}${skipped.length ? `, ${skipped.length} skipped` : ''}`
}
