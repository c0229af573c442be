import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { Bench } from './bench.ts'

/** What becomes of a search when one of its processes is killed. */
export function surviving(bench: Bench): void {
  it('says that its tuner was killed, leaves nothing behind, and goes on when resumed', async () => {
    const id = await bench.start({
      searchSpace: { x: { _type: 'uniform', _value: [0, 1] }, gate: { _type: 'choice', _value: ['tuner'] } },
      maxTrialNumber: 3,
    })
    await bench.until(id, ([first]) => first?.state === 'running')
    process.kill(bench.tuner(id), 'SIGKILL')
    const end = await bench.over(id)
    expect(end).toMatchObject({ state: 'failed', error: { message: expect.stringMatching(/tuner.*SIGKILL/i) } })
    expect(bench.living(id)).toEqual([])
    bench.open('tuner')
    await bench.experiments.resume(id)
    expect(await bench.over(id)).toMatchObject({ state: 'done', error: undefined })
  })

  it('tells the traceback of a tuner that fails', async () => {
    const id = await bench.start({
      tuner: { className: 'broken_tuner.Broken', codeDirectory: '.' },
      maxTrialNumber: 4,
    })
    const { state, error } = await bench.over(id)
    expect({ state, message: error?.message }).toEqual({
      state: 'failed',
      message: 'The tuner failed: LookupError: nothing is left to propose',
    })
    expect(error?.cause).toContain('Traceback')
    expect(bench.living(id)).toEqual([])
  })

  it('goes on when its backend was killed: what ran is taken up, nothing is lost or done twice', async () => {
    const { root, id } = await killedBackend(bench)
    const next = new Bench(bench.engine, bench.place, root)
    try {
      next.experiments.recover()
      const [before] = await next.until(id, ([first]) => first?.state === 'running')
      next.open('crash')
      expect(await next.over(id)).toMatchObject({ state: 'done', detail: 'the limit of trials was reached' })
      const trials = await next.trials(id)
      expect(trials.map(({ number, state }) => [number, state])).toEqual([1, 2, 3, 4].map((n) => [n, 'succeeded']))
      for (const { final, parameters } of trials) expect(final).toBe(parameters.x)
      expect(trials[0]).toMatchObject({ parameters: before?.parameters, startedAt: before?.startedAt, reports: 2 })
      const metrics = await next.experiments.metrics(id, { trial: 1 }, new AbortController().signal)
      expect(metrics.step).toEqual([0, 1])
    } finally {
      await next.close()
    }
  })
}

/** A backend that was killed in the middle of a search: its home, and the search. */
export async function killedBackend(bench: Bench): Promise<{ root: string; id: string }> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('crash-child.ts', import.meta.url)), bench.engine, bench.place],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  return JSON.parse(String(line)) as { root: string; id: string }
}
