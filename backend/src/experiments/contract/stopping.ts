import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { processInfo } from '../../runners/local/processes.ts'
import type { Bench } from './bench.ts'
import { batch } from './searching.ts'
import { until } from './until.ts'

/** What a user changes while a search runs. */
export function stopping(bench: Bench): void {
  it('stops one trial with all that it started, also what has left its group, and goes on', async () => {
    const searchSpace = batch([{ x: 0.5, gate: 'tree', children: 2 }, { x: 0.25 }])
    const id = await bench.start({ searchSpace, tuner: { name: 'Batch' } })
    await bench.until(id, ([first]) => first?.state === 'running' && existsSync(join(bench.project, 'at-tree')))
    const children = readFileSync(join(bench.project, 'child'), 'utf8').trim().split('\n').map(Number)
    expect(children.map((pid) => processInfo(pid)?.pid)).toEqual(children)
    await bench.experiments.stopTrial(id, 1)
    await bench.over(id)
    const trials = await bench.trials(id)
    expect(trials.map(({ state }) => state)).toEqual(['cancelled', 'succeeded'])
    expect(children.map((pid) => processInfo(pid))).toEqual([undefined, undefined])
    await expect(bench.experiments.stopTrial(id, 2)).rejects.toMatchObject({ body: { code: 'conflict' } })
  })

  it('stops with everything, and goes on when resumed until the limit is reached', async () => {
    const searchSpace = { x: { _type: 'uniform', _value: [0, 1] }, gate: { _type: 'choice', _value: ['resume'] } }
    const id = await bench.start({ searchSpace, trialConcurrency: 2, maxTrialNumber: 4 })
    await bench.until(id, (trials) => trials.filter(({ state }) => state === 'running').length === 2)
    await until(() => existsSync(join(bench.project, 'at-resume')))
    await bench.experiments.stop(id)
    expect(await bench.over(id)).toMatchObject({ state: 'stopped', error: undefined })
    expect(bench.living(id)).toEqual([])
    expect((await bench.trials(id)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
    bench.open('resume')
    await bench.experiments.resume(id, { maxTrialNumber: 6 })
    expect(await bench.over(id)).toMatchObject({ state: 'done', detail: 'the limit of trials was reached' })
    const trials = await bench.trials(id)
    const succeeded = trials.filter(({ state }) => state === 'succeeded')
    expect(succeeded.length).toBeGreaterThanOrEqual(4)
    for (const { final, parameters } of succeeded) expect(final).toBe(parameters.x)
  })

  it('takes a trial by hand, another limit, another number at once and another space while it runs', async () => {
    const space = (low: number, high: number) => ({
      x: { _type: 'uniform', _value: [low, high] },
      gate: { _type: 'choice', _value: ['edit'] },
    })
    const id = await bench.start({ searchSpace: space(0, 1), maxTrialNumber: 2 })
    await bench.until(id, ([first]) => first?.state === 'running')
    await bench.experiments.edit(id, { maxTrialNumber: 12 })
    await bench.experiments.edit(id, { trialConcurrency: 3 })
    await bench.until(id, (trials) => trials.filter(({ state }) => state === 'running').length === 3)
    const byHand = await bench.experiments.addTrial(id, { x: 42, gate: 'edit' })
    expect(byHand).toMatchObject({ state: 'waiting', source: 'user', parameters: { x: 42 } })
    await bench.experiments.edit(id, { searchSpace: space(5, 6) })
    const before = (await bench.trials(id)).length
    bench.open('edit')
    expect(await bench.over(id)).toMatchObject({ state: 'done', trials: { total: 12, limit: 12 } })
    const trials = await bench.trials(id)
    expect(trials.find(({ number }) => number === byHand.number)).toMatchObject({
      state: 'succeeded',
      source: 'user',
      parameters: { x: 42, gate: 'edit' },
      final: 42,
    })
    for (const { number, source, final } of trials)
      if (source === 'tuner' && number > before + 3) expect(final).toBeGreaterThanOrEqual(5)
  })
}
