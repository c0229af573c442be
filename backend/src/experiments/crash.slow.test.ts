import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { searchBench } from './testing/search-bench.ts'

const child = fileURLToPath(new URL('testing/search-crash-child.ts', import.meta.url))
const newRoot = (): string => mkdtempSync(join(tmpdir(), 'sx-crash-'))

/** What the child printed; nothing when it died. */
const runChild = (root: string, where: string, number: number): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, [child, root, where, String(number)], (error, stdout, stderr) => {
      if (error && error.signal !== 'SIGKILL') reject(new Error(`the child failed: ${stderr}`))
      else resolve(stdout)
    })
  })

const counts = JSON.parse(await runChild(newRoot(), 'none', 0)) as Record<string, number>
/** Each start is killed at each point. */
const starts = ['before-start', 'during-start', 'after-start'].flatMap((where) =>
  Array.from({ length: counts[where] ?? 0 }, (_, i) => [where, i + 1] as const),
)
/** How many writes there are depends on what happens to share one; these always come. */
const WRITES = 5
const writes = Array.from(
  { length: WRITES },
  (_, i) => [['before-write', 'inside-write', 'after-write'][i % 3] as string, i + 1] as const,
)

test('the sweep covers every start of a trial', () => {
  expect(counts).toMatchObject({ 'before-start': 4, 'during-start': 4, 'after-start': 4 })
  expect(counts['before-write']).toBeGreaterThanOrEqual(WRITES)
})

test.each([...starts, ...writes])(
  'kill -9 %s %i: every trial has run once, with the parameters and the results that are shown',
  async (where, number) => {
    const root = newRoot()
    await runChild(root, where, number)
    const bench = searchBench({ root })
    bench.experiments.recover()
    const { id } = await bench.start()
    expect(await bench.over(id)).toMatchObject({ state: 'done', trials: { total: 4, succeeded: 4, running: 0 } })
    const { trials } = await bench.experiments.trials(id, {}, new AbortController().signal)
    for (const trial of trials) expect(trial).toMatchObject({ final: trial.parameters.x, reports: 3 })
    const ran = readFileSync(join(bench.project, 'ran'), 'utf8').trim().split('\n').map(Number)
    expect(ran.sort()).toEqual([1, 2, 3, 4])
    const metrics = await bench.experiments.metrics(id, {}, new AbortController().signal)
    const points = metrics.trial.map((of, i) => `${of} ${metrics.step[i]}`).sort()
    expect(points).toEqual([1, 2, 3, 4].flatMap((of) => [0, 1, 2].map((step) => `${of} ${step}`)))
    await bench.close()
  },
)
