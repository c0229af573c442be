import type { DoctorReport } from '@secxops/protocol/api'
import { table } from './format.ts'

/** What was checked, a line each; below a finding that is not good stands how to mend it. */
export function describeDoctor({ checks }: DoctorReport): string {
  const lines = table(checks.map(({ name, ok, detail }) => [ok ? 'ok' : 'FAIL', name, detail])).split('\n')
  return checks
    .flatMap(({ fix }, i) => [lines[i] ?? '', ...(fix === undefined ? [] : [`      next: ${fix}`])])
    .join('\n')
}
