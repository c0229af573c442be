import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { unreachable } from '../../environments/testing/unreachable.ts'
import type { PreparedEnvironment } from '../../services.ts'
import { hostPackage } from '../host/told-file.ts'
import { removeEnvironments } from '../testing/engine-bench.ts'
import { nasPackage } from './nas-spec.ts'
import { NasBench } from './testing/nas-bench.ts'

const bench = new NasBench()
let environment: PreparedEnvironment | undefined
/** Why PyTorch cannot be installed here. */
const missing = await bench.prepare().then((prepared) => {
  environment = prepared
  return undefined
}, unreachable)

const ONE_SHOT = { evaluator: 'quick.py:lightning', strategyArgs: {} }
/** One epoch is enough to see that it goes. */
const QUICK = `from evaluate import *
import evaluate as whole
import os, time

def lightning():
    evaluator = whole.lightning()
    evaluator.trainer.fit_loop.max_epochs = int(os.environ.get("EPOCHS", "2"))
    return evaluator

def score(model, learning_rate=nni.choice("learning_rate", [0.01, 0.1])):
    return whole.evaluate(model, epochs=1, learning_rate=learning_rate, momentum=0.9, dropout=0.0, batch_size=32)

def answers(model):
    return 0.5
`
writeFileSync(join(bench.project, 'quick.py'), QUICK)

function python(...args: string[]): string {
  const sdk = fileURLToPath(new URL('../../../../shared/sdk-python/src', import.meta.url))
  return execFileSync(environment?.python ?? 'python3', args, {
    cwd: bench.project,
    env: { ...process.env, PYTHONPATH: `${nasPackage()}:${hostPackage()}:${sdk}`, OMP_NUM_THREADS: '1' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

describe.skipIf(missing)('a search over architectures', { timeout: 600_000 }, () => {
  afterAll(async () => {
    await bench.close()
    rmSync(bench.root, { recursive: true, force: true })
    removeEnvironments()
  })

  it('one-shot: weights of the candidates are told by epoch, what is best is trained, and kept as code and ONNX that say the same', async () => {
    const id = await bench.start({ ...ONE_SHOT, strategy: 'darts' })
    const detail = await bench.over(id)
    expect(detail.error).toBeUndefined()
    expect(detail).toMatchObject({ state: 'done', best: { trial: 1 } })
    const alphas = bench.reports(id, 'alpha')
    expect(alphas.map(({ epoch }) => epoch)).toEqual([0, 1])
    for (const { label, candidates, weights } of alphas[0]?.choices ?? []) {
      expect(weights, label).toHaveLength(candidates.length)
      expect(weights.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 3)
    }
    const found = bench.reports(id, 'architecture').at(-1)
    expect(Object.keys(found?.choices ?? {}).sort()).toEqual(
      ['input', 'op'].flatMap((what) => [1, 2, 3].map((node) => `cell/${what}_${node}_0`)),
    )
    const [trial] = await bench.trials(id)
    expect(trial).toMatchObject({ state: 'succeeded', final: found?.score, reports: 2 })
    const folder = mkdtempSync(join(tmpdir(), 'sx-nas-model-'))
    const kept = await bench.engine.exportModel?.(bench.experiments.journal(id), folder, {})
    expect(kept?.description).toContain('darts')
    expect(JSON.parse(readFileSync(join(folder, 'architecture.json'), 'utf8')).choices).toEqual(found?.choices)
    expect(python('-c', SAME, folder)).toContain('the same')
  })

  it('a strategy proposes, trials train: each is run with what was proposed, the best becomes a model', async () => {
    const id = await bench.start({
      evaluator: 'quick.py:score',
      strategy: 'evolution',
      strategyArgs: { population_size: 2, sample_size: 1, mutation_prob: 0.5, seed: 1 },
      maxTrialNumber: 4,
      trialConcurrency: 2,
    })
    const detail = await bench.over(id)
    expect(detail.error).toBeUndefined()
    expect(detail.detail).toBe('the limit of trials was reached')
    const trials = await bench.trials(id)
    expect(trials.map(({ state }) => state)).toEqual(Array(4).fill('succeeded'))
    expect(new Set(trials.map(({ parameters }) => JSON.stringify(parameters))).size).toBe(4)
    for (const { number, parameters } of trials) {
      const kept = join(detail.directory, 'trials', String(number), 'model', 'architecture.json')
      expect(JSON.parse(readFileSync(kept, 'utf8')).choices).toEqual(parameters)
      expect([0.01, 0.1]).toContain(parameters.learning_rate)
    }
    const best = bench.reports(id, 'architecture').at(-1)
    expect(best).toMatchObject({ trial: detail.best?.trial, score: detail.best?.value })
  })

  it.for(['random', 'grid', 'tpe'])('%s proposes what can be built', async (strategy) => {
    const id = await bench.start({ evaluator: 'quick.py:answers', strategy, maxTrialNumber: 1 })
    expect(await bench.over(id)).toMatchObject({ state: 'done', best: { trial: 1, value: 0.5 } })
  })

  it.for(['gumbel-darts', 'proxyless', 'enas', 'random-one-shot'])('%s finds an architecture', async (strategy) => {
    const id = await bench.start({ ...ONE_SHOT, strategy })
    const { error, state } = await bench.over(id)
    expect(error).toBeUndefined()
    expect(state).toBe('done')
    expect(bench.reports(id, 'architecture').at(-1)?.score).toBeGreaterThan(0)
  })

  it('p-darts drops candidates and deepens from stage to stage', async () => {
    const stages = [
      { epochs: 1, keep: 3, cells: 1 },
      { epochs: 1, keep: 1, cells: 2 },
    ]
    const id = await bench.start({ ...ONE_SHOT, strategy: 'p-darts', strategyArgs: { max_skips: 1 }, stages })
    expect((await bench.over(id)).error).toBeUndefined()
    const sizes = bench.reports(id, 'alpha').map(({ stage, choices }) => [stage, choices[0]?.candidates.length])
    expect(sizes).toEqual([
      [1, 7],
      [2, 3],
    ])
    const choices = bench.reports(id, 'architecture').at(-1)?.choices ?? {}
    const operations = Object.entries(choices).filter(([label]) => label.includes('/op_'))
    expect(operations.filter(([, operation]) => operation === 'skip').length).toBeLessThanOrEqual(1)
    const second = bench.reports(id, 'alpha').at(-1)?.choices ?? []
    for (const [label, operation] of operations)
      expect(second.find((choice) => label === choice.label)?.candidates).toContain(operation)
  })

  it('p-darts prunes layers and edges of cells, weakens skip connections and limits them', () => {
    python('-W', 'ignore', fileURLToPath(new URL('testing/pdarts_test.py', import.meta.url)))
  })

  it('goes on from its last epoch after a stop, and is taken up by a backend that comes back', async () => {
    const nas = { ...ONE_SHOT, evaluator: 'long.py:lightning', strategy: 'darts' }
    writeFileSync(join(bench.project, 'long.py'), QUICK.replace('"2"', '"40"'))
    const id = await bench.start(nas)
    await vi.waitUntil(() => bench.reports(id, 'alpha').length >= 2, { timeout: 300_000, interval: 50 })
    await bench.experiments.stop(id)
    expect(await bench.over(id)).toMatchObject({ state: 'stopped' })
    const before = bench.reports(id, 'alpha').map(({ epoch }) => epoch)
    writeFileSync(join(bench.project, 'long.py'), QUICK.replace('"2"', String(before.length + 30)))
    await bench.experiments.resume(id)
    await vi.waitUntil(() => bench.reports(id, 'alpha').length > before.length + 1, { timeout: 300_000, interval: 50 })
    await bench.close()
    const again = new NasBench(bench.root)
    again.experiments.recover()
    const epochs = (): number[] => again.reports(id, 'alpha').map(({ epoch }) => epoch)
    const taken = epochs().length
    await vi.waitUntil(() => epochs().length > taken, { timeout: 300_000, interval: 50 })
    expect(epochs()).toEqual(epochs().map((_, index) => index))
    expect((await again.trials(id)).map(({ number, state }) => [number, state])).toEqual([
      [1, 'cancelled'],
      [2, 'running'],
    ])
    await again.experiments.stop(id)
    await again.over(id)
    await again.close()
  })
})

/** Weights into the code that was written; code and ONNX must agree on numbers that neither has seen. */
const SAME = `
import sys, torch, numpy, importlib.util
from onnx.reference import ReferenceEvaluator
from onnx.reference.op_run import OpRun

# onnx's own counts the windows over one padded dimension as if there were no padding, and fails.
class MaxPool(OpRun):
    def _run(self, x, kernel_shape=None, pads=None, strides=None, **others):
        padded = numpy.pad(x, ((0, 0), (0, 0), tuple(pads)), constant_values=-numpy.inf)
        windows = numpy.lib.stride_tricks.sliding_window_view(padded, kernel_shape[0], axis=2)
        return (windows[:, :, :: strides[0]].max(axis=-1),)

folder = sys.argv[1]
spec = importlib.util.spec_from_file_location("found", folder + "/model.py")
found = importlib.util.module_from_spec(spec)
spec.loader.exec_module(found)
assert "nni" not in sys.modules
model = found.Model()
model.load_state_dict(torch.load(folder + "/weights.pt", weights_only=True))
model.eval()
x = torch.rand(3, 1, 128)
with torch.no_grad():
    ours = model(x).numpy()
theirs = ReferenceEvaluator(folder + "/model.onnx", new_ops=[MaxPool]).run(None, {"input_0": x.numpy()})[0]
assert numpy.allclose(ours, theirs, atol=1e-4), (ours, theirs)
print("the same", ours.shape)
`
