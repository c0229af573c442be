import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEnvironmentService } from '../src/environments/service.ts'
import { Bench, type EngineName } from '../src/experiments/contract/bench.ts'
import { NniEnvironment } from '../src/experiments/environment/nni-environment.ts'
import { trialVariables } from '../src/experiments/runner-engine/trial-environment.ts'
import { environmentOf } from '../src/runs/command.ts'

// How long a trial of a search takes beside its own process: our runner and NNI's manager with the same tuner and the same trial, in one run.

const TRIALS = Number(process.env.SECXOPS_BENCH_TRIALS ?? 20)
const AT_ONCE = 2
const LIMIT_MS = 150
const LIMIT_RATIO = 2

const place = process.env.SECXOPS_TEST_PLACE ?? mkdtempSync(join(tmpdir(), 'sx-nni-'))

/** Milliseconds that a place at a search is taken by one trial, from the first start to the last end. */
async function search(engine: EngineName): Promise<number> {
  const bench = new Bench(engine, place)
  try {
    const id = await bench.start({ tuner: { name: 'TPE' }, trialConcurrency: AT_ONCE, maxTrialNumber: TRIALS })
    const { state, error } = await bench.over(id)
    if (state !== 'done') throw new Error(`the search is ${state}: ${error?.message}`)
    const trials = await bench.trials(id)
    const first = Math.min(...trials.map(({ startedAt = '' }) => Date.parse(startedAt)))
    const last = Math.max(...trials.map(({ endedAt = '' }) => Date.parse(endedAt)))
    return ((last - first) * AT_ONCE) / TRIALS
  } finally {
    await bench.close()
  }
}

/** The same for the bare process of a trial, as often and as many at once. */
async function floor(): Promise<number> {
  const environments = createEnvironmentService({
    home: { root: place, environments: join(place, 'environments') },
    settings: () => ({ python: '' }),
  })
  const nni = new NniEnvironment(environments, join(place, 'environments'))
  const prepared = await nni.prepare({ signal: new AbortController().signal, progress: (line) => console.error(line) })
  const bench = new Bench('secxops', place)
  await bench.close()
  let next = 0
  const worker = async (): Promise<void> => {
    for (let number = ++next; number <= TRIALS; number = ++next) {
      const trial = { experiment: 'floor', number, directory: join(bench.root, 'floor', String(number)) }
      const env = environmentOf(trialVariables(trial, { x: 0.5 }), prepared)
      const child = spawn('bash', ['-c', 'python trial.py'], { cwd: bench.project, env, stdio: 'ignore' })
      await new Promise((resolve) => child.once('exit', resolve))
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return ((performance.now() - started) * AT_ONCE) / TRIALS
}

const bare = await floor()
const ours = await search('secxops')
const theirs = await search('nni')
const beyond = ours - bare
const ratio = theirs / ours
const ok = beyond <= LIMIT_MS && ratio >= LIMIT_RATIO
console.log(
  `search: ${ours.toFixed(0)} ms a trial, ${beyond.toFixed(0)} ms beyond its bare process (${bare.toFixed(0)} ms; limit ${LIMIT_MS} ms); ` +
    `NNI's manager ${theirs.toFixed(0)} ms, ${ratio.toFixed(1)} times ours (at least ${LIMIT_RATIO}, goal 6) ${ok ? 'ok' : 'MISSED'}`,
)
process.exitCode = ok ? 0 : 1
