import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { unreachable } from '../../environments/testing/unreachable.ts'
import type { PreparedEnvironment } from '../../services.ts'
import { AutomlBench, requests } from './testing/automl-bench.ts'

const bench = new AutomlBench()
let environment: PreparedEnvironment | undefined
/** Why AutoGluon cannot be installed here. */
const missing = await bench.prepare().then((prepared) => {
  environment = prepared
  return undefined
}, unreachable)

bench.put('requests.csv', requests(600))
bench.put('later.csv', requests(200, 7))

/** Ids of the processes of an experiment that name `what` on their command line. */
const processesOf = (what: string): number[] =>
  execFileSync('pgrep', ['-f', what], { encoding: 'utf8' }).trim().split('\n').map(Number)

const hostOf = (directory: string, number: number): string => join(directory, 'host', String(number))

describe.skipIf(missing)('AutoML over a table', { timeout: 600_000 }, () => {
  afterAll(() => bench.close())

  it('each fitted model is a trial with its scores, the rest is skipped with a reason, the best is kept and predicts', async () => {
    const id = await bench.start({
      test: { file: 'later.csv' },
      learners: ['GBM', 'RF', 'LR', 'NN_TORCH'],
      metric: 'f1',
    })
    const detail = await bench.over(id)
    expect(detail.error).toBeUndefined()
    expect(detail).toMatchObject({ state: 'done', objective: { metric: 'f1', direction: 'maximize' } })
    const trials = await bench.trials(id)
    const models = new Map(bench.reports(id, 'model').map((model) => [model.name, model]))
    const best = [...models.values()].filter((model) => model.best)
    expect(best).toHaveLength(1)
    expect(best[0]?.validation).toBe(detail.best?.value)
    expect(best[0]?.trial).toBe(detail.best?.trial)
    for (const { name, trial, validation, test, size, fitTime } of models.values()) {
      expect(trials.find(({ number }) => number === trial)).toMatchObject({
        state: 'succeeded',
        final: validation,
        reports: 1,
        parameters: { model: name },
      })
      expect(test, name).toBeGreaterThan(0.5)
      expect(size, name).toBeGreaterThan(0)
      expect(fitTime, name).toBeGreaterThan(0)
    }
    expect([...models.keys()]).toEqual(expect.arrayContaining(['LightGBM', 'LinearModel', 'WeightedEnsemble_L2']))
    expect(bench.reports(id, 'skipped')).toEqual([
      expect.objectContaining({ name: 'NeuralNetTorch', reason: 'library' }),
    ])
    expect(trials.filter(({ state }) => state === 'skipped').map(({ parameters }) => parameters.model)).toEqual([
      'NeuralNetTorch',
    ])
    expect(detail.trials).toMatchObject({ failed: 0, skipped: 1 })
    expect(readFileSync(join(detail.directory, 'trials', '1', 'log'), 'utf8')).toContain('Fitting model')

    const folder = mkdtempSync(join(tmpdir(), 'sx-automl-model-'))
    const kept = await bench.engine.exportModel?.(bench.experiments.journal(id), folder, {})
    expect(kept?.description).toContain(best[0]?.name)
    const card = readFileSync(join(folder, 'README.md'), 'utf8')
    expect(card).toMatch(/^\| (\*\*)?LightGBM(\*\*)? \|/m)
    expect(card).toContain('test: file later.csv')
    expect(predicted(folder, join(bench.project, 'later.csv'))).toBeGreaterThan(0.8)
  })

  it('ends near its limit, and one whose fit does not end is taken as far as it came', async () => {
    const limit = 5
    bench.put('many.csv', requests(30_000))
    const begun = Date.now()
    const id = await bench.start({ train: { file: 'many.csv' }, presets: ['best_quality'], timeLimit: limit })
    const detail = await bench.over(id)
    // What comes before the fit is not its time.
    expect(detail.duration).toBeLessThan(limit + 30 + 5)
    expect(Date.now() - begun).toBeGreaterThan(limit * 1000)
    const skipped = bench.reports(id, 'skipped')
    expect(skipped.filter(({ reason }) => reason === 'time').length).toBeGreaterThan(0)
    if (detail.state === 'failed') expect(detail.error?.message).toContain('within the time limit')
    else expect(detail.best?.value).toBeGreaterThan(0.5)
  })

  it('a backend that comes back takes up what goes on; a killed fit is named and resumed with what is fitted', async () => {
    const learners = ['LR', 'GBM', 'RF', 'XT', 'CAT']
    const first = new AutomlBench()
    first.put('requests.csv', requests(600))
    const id = await first.start({ learners, presets: ['good_quality'] })
    const { directory } = first.experiments.get(id)
    await vi.waitUntil(() => first.reports(id, 'model').length >= 1, { timeout: 300_000, interval: 20 })
    await first.close()
    const again = new AutomlBench(first.root)
    again.experiments.recover()
    await vi.waitUntil(() => again.reports(id, 'model').length >= 2, { timeout: 300_000, interval: 20 })
    expect(existsSync(hostOf(directory, 2))).toBe(false)
    for (const pid of processesOf(hostOf(directory, 1))) process.kill(pid, 'SIGKILL')
    const killed = await again.over(id)
    expect(killed).toMatchObject({ state: 'failed', error: { message: expect.stringContaining('killed') } })
    const before = (await again.trials(id)).filter(({ state }) => state === 'succeeded')
    await again.experiments.resume(id)
    expect(await again.over(id)).toMatchObject({ state: 'done', detail: 'the best model is fitted' })
    const trials = await again.trials(id)
    // What was fitted before is the same trial, not fitted again.
    for (const { number, final, endedAt } of before.filter(({ parameters }) => parameters.level === 1))
      expect(trials.find((trial) => trial.number === number)).toMatchObject({ final, endedAt })
    const names = trials.map(({ parameters }) => parameters.model)
    expect(new Set(names).size).toBe(names.length)
    expect(trials.every(({ state }) => state !== 'running')).toBe(true)
    await again.close()
  })

  it.for([
    ['a column that is not there', { label: 'atack' }, /no column 'atack'\. Did you mean 'attack'/],
    ['one class only', { train: { file: 'one.csv' } }, /All rows of one\.csv have attack = 'normal'/],
    ['a label that is empty everywhere', { train: { file: 'blank.csv' } }, /is empty in all 30 rows/],
    ['a table without rows', { train: { file: 'head.csv' } }, /head\.csv has no rows/],
    ['an empty file', { train: { file: 'empty.csv' } }, /empty\.csv is empty/],
    ['rows of different lengths', { train: { file: 'ragged.csv' } }, /cannot be read as a table: .*line 3/],
    ['a test table without a column', { test: { file: 'few.csv' } }, /few\.csv lacks columns .*'signs'/],
    ['a metric of another problem', { metric: 'r2' }, /r2 does not fit a binary problem/],
  ] as const)('%s is refused in words', async ([, automl, message]) => {
    const normal = (rows: number, label: string): string => Array(rows).fill(`1,2,${label}`).join('\n')
    bench.put('one.csv', `length,signs,attack\n${normal(30, 'normal')}\n`)
    bench.put('blank.csv', `length,signs,attack\n${normal(30, '')}\n`)
    bench.put('head.csv', 'length,signs,attack\n')
    bench.put('empty.csv', '')
    bench.put('ragged.csv', 'a,attack\n1,normal\n1,2,3,4\n')
    bench.put('few.csv', `length,attack\n${Array(30).fill('1,normal').join('\n')}\n`)
    const id = await bench.start(automl)
    const { state, error } = await bench.over(id)
    expect(state).toBe('failed')
    expect(error?.message).toMatch(message)
  })

  it('a line of 10 MB is a value like others', async () => {
    bench.put('long.csv', `${requests(300)}1,2,${'x'.repeat(10_000_000)},1.5,normal\n`)
    const id = await bench.start({ train: { file: 'long.csv' }, learners: ['LR'] })
    expect(await bench.over(id)).toMatchObject({ state: 'done' })
  })
})

/** Share of the rows of a table that the kept model gets right. */
function predicted(folder: string, table: string): number {
  const code = `
import sys, pandas
from autogluon.tabular import TabularPredictor
table = pandas.read_csv(sys.argv[2])
found = TabularPredictor.load(sys.argv[1] + "/predictor").predict(table.drop(columns=["attack"]))
print((found == table["attack"]).mean())
`
  const python = environment?.python ?? 'python3'
  return Number(
    execFileSync(python, ['-c', code, folder, table], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  )
}
