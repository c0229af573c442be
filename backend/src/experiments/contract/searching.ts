import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Bench } from './bench.ts'

/** What a search does from its start to its end. */
export function searching(bench: Bench): void {
  it('runs trials up to their limit, many at once, each shown with the parameters that it truly had', async () => {
    const id = await bench.start({ trialConcurrency: 20, maxTrialNumber: 100 })
    expect(await bench.over(id)).toMatchObject({ state: 'done', detail: 'the limit of trials was reached' })
    const trials = await bench.trials(id)
    expect(trials.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
    for (const { number, state, parameters, final, finals, startedAt, endedAt } of trials) {
      expect({ number, state, final, finals }).toEqual({
        number,
        state: 'succeeded',
        final: parameters.x,
        finals: { echo: parameters.x },
      })
      expect(Date.parse(endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(startedAt ?? ''))
      const log = readFileSync(join(bench.get(id).directory, 'trials', String(number), 'log'), 'utf8')
      expect(log).toContain(`trial ${number} has x ${parameters.x}`)
    }
    const best = trials.reduce((a, b) => ((b.final ?? 0) > (a.final ?? 0) ? b : a))
    expect(bench.get(id).best).toEqual({ trial: best.number, value: best.final })
  })

  it('goes on past trials that fail, and says of each why', async () => {
    const searchSpace = batch([
      { x: 1, fail: 0.5 },
      { x: 0.25, fail: 0.5 },
      { x: 0.3, result: 'none' },
    ])
    const id = await bench.start({ searchSpace, tuner: { name: 'Batch' } })
    expect(await bench.over(id)).toMatchObject({ state: 'done', detail: 'the tuner has no more to propose' })
    const [raised, fine, silent] = await bench.trials(id)
    expect(raised).toMatchObject({ state: 'failed', error: { message: expect.stringContaining('x is too large: 1') } })
    expect(fine).toMatchObject({ state: 'succeeded', final: 0.25 })
    expect(silent).toMatchObject({ state: 'failed', error: { code: 'missing-output' } })
    expect(bench.get(id).best).toEqual({ trial: 2, value: 0.25 })
  })

  it('gives up when its trials fail alike from the start', async () => {
    const searchSpace = { x: { _type: 'uniform', _value: [0, 1] }, result: { _type: 'choice', _value: ['none'] } }
    const id = await bench.start({ searchSpace, trialConcurrency: 4, maxTrialNumber: 60 })
    const { state, error } = await bench.over(id)
    expect({ state, message: error?.message }).toEqual({
      state: 'failed',
      message: expect.stringMatching(/^The first 10 trials failed alike: It ended with 0 but reported no result/),
    })
    expect((await bench.trials(id)).length).toBeLessThan(30)
  })

  it('ends when the space is used up', async () => {
    const searchSpace = { x: { _type: 'choice', _value: [0.1, 0.2, 0.3] } }
    const id = await bench.start({ searchSpace, tuner: { name: 'GridSearch' }, trialConcurrency: 2 })
    expect(await bench.over(id)).toMatchObject({ state: 'done', detail: 'the tuner has no more to propose' })
    const trials = await bench.trials(id)
    expect(trials.map(({ final }) => final).sort()).toEqual([0.1, 0.2, 0.3])
  })

  it('starts no trial after its time limit, and lets those under way end', async () => {
    const id = await bench.start({ maxExperimentDuration: 4, trialConcurrency: 2 })
    expect(await bench.over(id)).toMatchObject({ state: 'done', detail: 'the time limit was reached' })
    const trials = await bench.trials(id)
    expect(trials.length).toBeGreaterThan(0)
    expect(new Set(trials.map(({ state }) => state))).toEqual(new Set(['succeeded']))
  })

  it('ends a trial that takes too long, and says so', async () => {
    const searchSpace = batch([{ x: 0.5, steps: 2, gate: 'never' }, { x: 0.25 }])
    const id = await bench.start({ searchSpace, tuner: { name: 'Batch' }, maxTrialDuration: 3 })
    await bench.over(id)
    const [long, short] = await bench.trials(id)
    expect(long).toMatchObject({ state: 'stopped-early', reports: 2, stopped: { rule: 'maxTrialDuration', limit: 3 } })
    expect(long?.stopped?.value).toBeGreaterThan(3)
    expect(short).toMatchObject({ state: 'succeeded', final: 0.25 })
  })

  it('names the rule, the number and the trials for which the assessor stopped one', async () => {
    const searchSpace = batch([
      { x: 1, steps: 6, pause: 0.1 },
      { x: 0.8, steps: 6, pause: 0.1 },
      { x: 0.25, steps: 200, pause: 0.1 },
    ])
    const id = await bench.start({
      searchSpace,
      tuner: { name: 'Batch' },
      assessor: { name: 'Medianstop', classArgs: { start_step: 3 } },
    })
    await bench.over(id)
    const [first, second, third] = await bench.trials(id)
    expect([first?.state, second?.state]).toEqual(['succeeded', 'succeeded'])
    // At the third report its best is 0.75; the others' running averages there are 2 and 1.6, of which NNI takes the lower.
    expect(third).toMatchObject({
      state: 'stopped-early',
      stopped: { rule: expect.stringMatching(/^medianstop$/i), step: 2, value: 0.75, trials: [1, 2] },
    })
    expect(third?.stopped?.limit).toBeCloseTo(1.6)
    expect(third?.final).toBeUndefined()
  })

  it('runs a module with the parameters in its command line, fixed ones and an input', async () => {
    const id = await bench.start(
      { maxTrialNumber: 3, trialConcurrency: 3 },
      { code: undefined, module: './train', with: { scale: 2 }, inputs: { data: { file: './data.txt' } } },
    )
    expect(await bench.over(id)).toMatchObject({ state: 'done', error: undefined })
    const trials = await bench.trials(id)
    expect(trials.map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    for (const { final, parameters } of trials) expect(final).toBeCloseTo(Number(parameters.x) * 8)
  })

  it("serves code that calls NNI's own functions, with NaN and further numbers", async () => {
    const id = await bench.start({ maxTrialNumber: 1 }, { code: { command: 'python nni_code.py' } })
    expect(await bench.over(id)).toMatchObject({ state: 'done' })
    const [trial] = await bench.trials(id)
    expect(trial).toMatchObject({ state: 'succeeded', final: trial?.parameters.x, finals: { loss: 0.5 } })
    const metrics = await bench.experiments.metrics(id, {}, new AbortController().signal)
    const points = metrics.value.map((value, i) => [metrics.names[metrics.name[i] ?? -1], metrics.step[i], value])
    expect(points).toEqual([
      ['score', 0, 0.25],
      ['score', 1, null],
      ['score', 2, 0.75],
      ['extra', 2, 7],
    ])
  })
}

/** A space whose trials come in a fixed order. */
export const batch = (trials: Record<string, string | number>[]) => ({
  combine_params: { _type: 'choice', _value: trials },
})
