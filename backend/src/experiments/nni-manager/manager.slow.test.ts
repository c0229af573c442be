import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { unreachable } from '../../environments/testing/unreachable.ts'
import { Bench } from '../contract/bench.ts'
import { killedBackend } from '../contract/surviving.ts'

const bench = new Bench('nni')
const missing = await bench.prepare().then(() => undefined, unreachable)
afterAll(() => bench.close())

const held = (gate: string) => ({
  x: { _type: 'uniform', _value: [0, 1] },
  gate: { _type: 'choice', _value: [gate] },
})
const text = async (url: string): Promise<string> => (await fetch(url)).text()

/** Addresses on which a port is listened, as the system tells: hexadecimal, as in its table. */
function listening(port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'latin1')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => state === '0A' && local?.endsWith(`:${wanted}`))
      .map(([, local = '']) => local.split(':')[0] ?? ''),
  )
}

function managerOf(of: Bench, id: string): number {
  const manager = of
    .living(id)
    .find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('nni_node/main.js\0'))
  if (manager === undefined) throw new Error('there is no manager')
  return manager
}

describe.skipIf(missing)("NNI's manager", { timeout: 300_000 }, () => {
  it('listens on loopback alone, and answers only who knows its address', async () => {
    const id = await bench.start({ searchSpace: held('sockets'), maxTrialNumber: 1 })
    await bench.until(id, ([first]) => first?.state === 'running')
    const page = bench.experiments.running(id)?.page?.()
    if (!page) throw new Error('there is no page')
    expect(listening(page.port)).toEqual(['0100007F'])
    expect((await fetch(`http://127.0.0.1:${page.port}/api/v1/nni/experiment`)).status).toBe(404)
    const base = `http://127.0.0.1:${page.port}/${page.prefix}`
    expect(await text(`${base}/`)).toContain('<title>Neural Network Intelligence</title>')
    expect(JSON.parse(await text(`${base}/api/v1/nni/experiment-metadata`))).toMatchObject({
      id,
      experimentName: 'try',
    })
    // Other users of this machine see the arguments of processes, but not their environment.
    for (const pid of bench.living(id))
      expect(readFileSync(`/proc/${pid}/cmdline`, 'latin1')).not.toContain(page.prefix)
    bench.open('sockets')
    await bench.over(id)
    expect(bench.experiments.running(id)).toBeUndefined()
    expect(listening(page.port)).toEqual([])
  })

  it('that was killed is named, its trials end with it, and a resume goes on', async () => {
    const id = await bench.start({ searchSpace: held('killed'), maxTrialNumber: 3, trialConcurrency: 2 })
    const running = await bench.until(id, (trials) => trials.filter(({ state }) => state === 'running').length === 2)
    process.kill(managerOf(bench, id), 'SIGKILL')
    expect(await bench.over(id)).toMatchObject({
      state: 'failed',
      error: { code: 'command-failed', message: expect.stringContaining("NNI's manager ended") },
    })
    expect(bench.living(id)).toEqual([])
    bench.open('killed')
    await bench.experiments.resume(id)
    expect(await bench.over(id)).toMatchObject({ state: 'done', detail: 'the limit of trials was reached' })
    const trials = await bench.trials(id)
    expect(trials.map(({ number, state }) => [number, state])).toEqual([1, 2, 3].map((n) => [n, 'succeeded']))
    for (const { number, parameters } of running) expect(trials[number - 1]?.parameters).toEqual(parameters)
  })

  it('that died while no backend was there is found so', async () => {
    const { root, id } = await killedBackend(bench)
    const next = new Bench('nni', bench.place, root)
    try {
      process.kill(managerOf(next, id), 'SIGKILL')
      next.experiments.recover()
      expect(await next.over(id)).toMatchObject({
        state: 'failed',
        error: { message: expect.stringContaining("NNI's manager") },
      })
      expect(next.living(id)).toEqual([])
      expect((await next.trials(id)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
      next.open('crash')
      await next.experiments.resume(id)
      expect(await next.over(id)).toMatchObject({ state: 'done', trials: { succeeded: 4, total: 4 } })
    } finally {
      await next.close()
    }
  })

  it('waits for a tuner that is slow to load', async () => {
    const id = await bench.start({ tuner: { className: 'slow_tuner.Slow', codeDirectory: '.' }, maxTrialNumber: 1 })
    expect(await bench.over(id)).toMatchObject({ state: 'done' })
  })
})
