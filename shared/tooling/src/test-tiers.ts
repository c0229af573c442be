import { runChecks } from './checks/all.ts'
import { close, print } from './checks/outcome.ts'
import { vitest } from './checks/vitest.ts'

// The tiers of `npm test`: the checks with the unit tests, then what crosses packages. Started by test.mjs on Node 24.

const checks = await runChecks({ slow: true })
const stories = await vitest('stories', 'test/vitest.config.ts')
console.log('')
for (const outcome of [...checks, stories]) print(outcome)
process.exitCode = close([...checks, stories]) ? 0 : 1
