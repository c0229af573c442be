import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { carriersOf } from '../../runners/local/processes.ts'
import { COUNTING, type SearchBenchOptions, searchBench } from '../testing/search-bench.ts'

const signal = new AbortController().signal

function open(options: SearchBenchOptions) {
  const bench = searchBench(options)
  onTestFinished(() => bench.close())
  const trials = async (id: string) =>
    (await bench.experiments.trials(id, {}, signal)).trials.sort((a, b) => a.number - b.number)
  return { ...bench, trials }
}
/** An executable in the place of a tuner. */
function program(script: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'sx-tuner-')), 'tuner')
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

test('200 trials, 20 at once: each has run with the parameters that are shown, and is the only one of its number', async () => {
  const bench = open({ settings: { maxTrialNumber: 200, trialConcurrency: 20 } })
  const { id } = await bench.start()
  expect(await bench.over(id)).toMatchObject({ state: 'done', trials: { succeeded: 200 } })
  const trials = await bench.trials(id)
  expect(trials.filter(({ final, parameters }) => final !== parameters.x)).toEqual([])
  const metrics = await bench.experiments.metrics(id, {}, signal)
  expect(metrics.trial.filter((number, i) => metrics.value[i] !== Number(`${number}${metrics.step[i]}`))).toEqual([])
  expect(metrics.row).toBe(600)
})

test('a trial that fills its log neither stops the search nor the memory of the backend', async () => {
  const bench = open({
    command: `head -c 100000000 /dev/zero | tr '\\0' 'x'; ${COUNTING}`,
    settings: { maxTrialNumber: 2 },
  })
  const before = process.memoryUsage().rss
  const { id, directory } = await bench.start()
  expect(await bench.over(id)).toMatchObject({ state: 'done', trials: { succeeded: 2 } })
  expect(statSync(join(directory, 'trials/1/log')).size).toBeGreaterThan(99_000_000)
  expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000)
})

test('children that outlive their trial are ended with it', async () => {
  const bench = open({ command: `(setsid sleep 1000 &) ; sleep 1000 & ${COUNTING}`, settings: { maxTrialNumber: 1 } })
  const { id } = await bench.start()
  expect(await bench.over(id)).toMatchObject({ trials: { succeeded: 1 } })
  expect(carriersOf(`SECXOPS_EXPERIMENT=${id}`).size).toBe(0)
})

test('a tuner that answers nothing is noticed while nothing runs, and where it hangs is told', async () => {
  const hangs = program("trap 'echo it hangs here' USR1\nwhile :; do sleep 0.1; done")
  const bench = open({ tuner: hangs, patience: 500 })
  const { id } = await bench.start()
  const { state, error } = await bench.over(id)
  expect({ state, code: error?.code }).toEqual({ state: 'failed', code: 'timed-out' })
  expect(error?.cause).toContain('it hangs here')
})

test('a tuner that ends at once: the search fails with the end of its log', async () => {
  const bench = open({ tuner: program('echo no such tuner; exit 3') })
  const { id } = await bench.start()
  expect(await bench.over(id)).toMatchObject({
    state: 'failed',
    error: { message: expect.stringContaining('exit code 3'), cause: 'no such tuner' },
  })
})

test('a search whose trials all fail alike is given up, and says what they say', async () => {
  const bench = open({
    command: 'echo "ValueError: nothing to learn from" >&2; exit 1',
    settings: { maxTrialNumber: 500 },
  })
  const { id } = await bench.start()
  const { state, error, trials } = await bench.over(id)
  expect(state).toBe('failed')
  expect(error?.message).toMatch(/The first 10 trials failed alike/)
  expect(trials.total).toBeLessThan(20)
})

test('a stop in the middle leaves no process and no running trial; resume goes on with other parameters', async () => {
  const bench = open({ command: `[ -e go ] || sleep 1000; ${COUNTING}`, settings: { maxTrialNumber: 6 } })
  const { id } = await bench.start()
  await vi.waitFor(() => expect(carriersOf(`SECXOPS_EXPERIMENT=${id}`).size).toBeGreaterThanOrEqual(2))
  await bench.experiments.stop(id)
  expect(await bench.over(id)).toMatchObject({ state: 'stopped', trials: { running: 0 } })
  expect(carriersOf(`SECXOPS_EXPERIMENT=${id}`).size).toBe(0)
  bench.write('go', '')
  await bench.experiments.resume(id)
  expect(await bench.over(id)).toMatchObject({ state: 'done', trials: { total: 6, succeeded: 4 } })
  expect(readFileSync(join(bench.project, 'ran'), 'utf8').trim().split('\n')).toHaveLength(4)
})

test('a folder of the code that is not there is told before anything starts', async () => {
  const bench = open({ settings: { trialCodeDirectory: '/no/such/folder' } })
  const { id } = await bench.start()
  expect(await bench.over(id)).toMatchObject({ state: 'failed', error: { code: 'no-such-file' }, trials: { total: 0 } })
})
