import { generated } from './generated.ts'
import { layout } from './layout.ts'
import { lint } from './lint.ts'
import { type Outcome, print } from './outcome.ts'
import { pythonTests } from './python-tests.ts'
import { sizes } from './sizes.ts'
import { types } from './types.ts'
import { vitest } from './vitest.ts'

/**
 * All that `npm run check` looks at; prints each outcome as it comes. Unit tests come last, with the machine to themselves. `slow`: also
 * those in `*.slow.test.ts` and `*.page.test.ts`.
 */
export async function runChecks({ slow = false } = {}): Promise<Outcome[]> {
  const quick = [
    lint(),
    types(),
    layout(),
    generated(),
    sizes(),
    pythonTests('unit tests of the Python SDK', 'shared/sdk-python/tests', 'shared/sdk-python/src'),
    pythonTests('unit tests of the server extension', 'extensions/jupyterlab/tests', 'extensions/jupyterlab'),
  ]
  const outcomes: Outcome[] = []
  for (const outcome of await Promise.all(quick)) {
    print(outcome)
    outcomes.push(outcome)
  }
  const units = await vitest('unit tests', 'vitest.config.ts', slow ? { SECXOPS_SLOW: '1' } : {})
  print(units)
  return [...outcomes, units]
}
