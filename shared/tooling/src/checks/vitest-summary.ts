import { writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import type { Reporter, TestModule } from 'vitest/node'

/** Counts of one vitest run, as {@link SummaryReporter} writes them. */
export interface Summary {
  passed: number
  failed: number
  skipped: { name: string; reason: string }[]
  /** What failed, by its file and name, each with the first line of the reason. */
  failures: string[]
}

/** Writes counts, what failed, and the reasons of what was skipped, to the file named by SECXOPS_TEST_SUMMARY. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const summary: Summary = { passed: 0, failed: errors.length, skipped: [], failures: errors.map(firstLine) }
    for (const module of modules) {
      let tests = 0
      for (const test of module.children.allTests()) {
        tests += 1
        const result = test.result()
        if (result.state === 'passed') summary.passed += 1
        else if (result.state === 'failed') {
          summary.failed += 1
          summary.failures.push(`${module.relativeModuleId} > ${test.fullName}: ${firstLine(result.errors[0])}`)
        } else
          summary.skipped.push({ name: test.fullName, reason: ('note' in result && result.note) || 'no reason given' })
      }
      if (tests === 0 && module.state() === 'failed') {
        summary.failed += 1
        summary.failures.push(`${module.relativeModuleId}: ${firstLine(module.errors()[0])}`)
      }
    }
    const path = process.env.SECXOPS_TEST_SUMMARY
    if (path) writeFileSync(path, JSON.stringify(summary))
  }
}

function firstLine(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error
  return stripVTControlCharacters(String(message)).split('\n', 1)[0] ?? ''
}
