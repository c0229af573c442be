import { writeFileSync } from 'node:fs'
import { HOST_TESTS, type HostResult, RESULTS } from './names.ts'
import { TESTS } from './tests.ts'

/** What the editor calls in its extension host: runs the suite and writes how each test ended. Rejects when one failed. */
export async function run(): Promise<void> {
  const results: HostResult[] = []
  for (const name of HOST_TESTS) {
    const error = await TESTS[name]().then(
      () => undefined,
      (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
    )
    results.push({ name, ...(error === undefined ? {} : { error }) })
  }
  writeFileSync(process.env[RESULTS] ?? 'host-results.json', JSON.stringify(results, undefined, 2))
  const failed = results.filter(({ error }) => error !== undefined)
  if (failed.length > 0) throw new Error(failed.map(({ name, error }) => `${name}: ${error}`).join('\n'))
}
