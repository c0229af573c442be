import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ArtifactDetail, ArtifactSummary, ArtifactVersionInfo, ModuleVersionInfo } from '@secxops/protocol/library'
import type { ModuleFile } from '@secxops/protocol/module'
import type { Run, RunNode } from '@secxops/protocol/run'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PHISHING_WORKFLOW } from './support/phishing.ts'
import { openProduct, type Product } from './support/product.ts'

/** The story of the README by the command line alone, as continuous integration would tell it. */

let product: Product
let workflow: string
let first: Run
let failed: Run

beforeAll(async () => {
  product = openProduct('cli')
  const { code, stderr } = await product.cli('example', product.folder)
  expect(code, stderr).toBe(0)
  workflow = join(product.folder, 'phishing.workflow.yaml')
  writeFileSync(workflow, PHISHING_WORKFLOW)
})
afterAll(() => product?.close())

const node = (run: Run, id: string): RunNode => {
  const found = run.nodes.find((one) => one.id === id)
  if (!found) throw new Error(`run ${run.id} has no node ${id}`)
  return found
}

test('module pack finds parameters, ports, requirements and the start command of a notebook', async () => {
  for (const name of ['prepare', 'train', 'evaluate']) {
    const { code, stdout, stderr } = await product.cli(
      'module',
      'pack',
      join(product.folder, name, `${name}.ipynb`),
      '--json',
    )
    expect(code, stdout + stderr).toBe(0)
    expect(existsSync(join(product.folder, name, 'module.yaml'))).toBe(true)
  }
  const again = await product.json<{ inspection: { module: ModuleFile } }>(
    'module',
    'pack',
    join(product.folder, 'train', 'train.ipynb'),
  )
  const { module } = again.value.inspection
  expect(module.parameters?.learning_rate).toMatchObject({ type: 'number', default: 0.001 })
  expect(module.parameters?.epochs).toMatchObject({ type: 'integer', default: 30 })
  expect(module.parameters?.penalty).toMatchObject({ type: 'string', default: 'l2' })
  expect(module.inputs).toMatchObject({ data: { type: 'dataset' } })
  expect(module.outputs).toMatchObject({ model: { type: 'model' } })
  expect(module.start).toMatch(/^papermill .*learning_rate \$learning_rate/)
  const requirements = readFileSync(join(product.folder, 'train', 'requirements.txt'), 'utf8')
  expect(requirements).toMatch(/^scikit-learn==/m)
  expect(requirements).not.toMatch(/^sklearn/m)
})

test('run waits, exits 0 and prints every node with state, attempts and exit codes', async () => {
  const { code, value } = await product.json<Run>('run', workflow)
  expect(value.nodes.map((one) => `${one.id} ${one.state}`)).toEqual([
    'prepare succeeded',
    'train succeeded',
    'evaluate succeeded',
  ])
  expect(code).toBe(0)
  expect(value.state).toBe('succeeded')
  expect(node(value, 'train').attempts).toMatchObject([{ number: 1, exitCode: 0, parameters: { seed: 7 } }])
  first = value
})

test('what a node printed and what it made can be read', async () => {
  const log = await product.cli('runs', 'log', first.id, 'evaluate')
  expect(log.code).toBe(0)
  expect(log.stdout).toContain('Executing notebook')
  const report = JSON.parse(readFileSync(outputFile(first, 'evaluate', 'report'), 'utf8'))
  expect(report['macro avg']['f1-score']).toBeGreaterThan(0.9)
  const shown = await product.json<Run>('runs', 'show', first.id)
  expect(shown.value.nodes).toEqual(first.nodes)
})

/** The one file of an output. */
function outputFile(run: Run, id: string, port: string): string {
  const content = node(run, id).attempts.at(-1)?.outputs[port]
  if (!content) throw new Error(`${id} has no output ${port}`)
  return content.path
}

test('outputs are versions with lineage, under the chosen name too', async () => {
  const models = await product.json<ArtifactSummary[]>('model', 'list')
  expect(models.value.map(({ name, latest }) => `${name}@${latest.version}`)).toEqual(['phishing@1'])
  expect(models.value[0]?.latest.lineage).toMatchObject({ source: 'run', run: { runId: first.id, nodeId: 'train' } })
  const datasets = await product.json<ArtifactSummary[]>('dataset', 'list')
  expect(datasets.value.map(({ name }) => name).sort()).toEqual([
    'phishing-evaluate-errors',
    'phishing-prepare-test',
    'phishing-prepare-train',
  ])
  const shown = await product.json<ArtifactDetail>('dataset', 'show', 'phishing-prepare-train')
  expect(shown.value.usedBy).toMatchObject([{ runId: first.id, nodeId: 'train', port: 'data' }])
})

test('the same run again reuses every node', async () => {
  const { code, value } = await product.json<Run>('run', workflow)
  expect(code).toBe(0)
  expect(value.nodes.map((one) => one.attempts.at(-1)?.reused?.runId)).toEqual([first.id, first.id, first.id])
})

test('a bad parameter fails its node with the cause, blocks what follows, and exits 1', async () => {
  const { code, value } = await product.json<Run>('run', workflow, '--set', 'train.learning_rate=0')
  expect(code).toBe(1)
  expect(value.state).toBe('failed')
  expect(node(value, 'prepare').state).toBe('succeeded')
  const train = node(value, 'train')
  expect(train.state).toBe('failed')
  expect(train.attempts[0]?.exitCode).toBe(1)
  expect(train.attempts[0]?.error?.cause).toContain("'eta0' parameter")
  expect(train.attempts[0]?.tail?.length).toBeGreaterThan(0)
  expect(node(value, 'evaluate')).toMatchObject({ state: 'blocked', blockedBy: ['train'], attempts: [] })
  failed = value
})

test('continue runs only what must run and keeps the failed attempt with its log', async () => {
  const { code, value } = await product.json<Run>('runs', 'continue', failed.id, '--set', 'train.learning_rate=0.02')
  expect(code, JSON.stringify(value)).toBe(0)
  expect(value.id).toBe(failed.id)
  expect(node(value, 'prepare').attempts).toEqual(node(failed, 'prepare').attempts)
  expect(node(value, 'train').attempts.map(({ state }) => state)).toEqual(['failed', 'succeeded'])
  expect(node(value, 'evaluate').attempts.map(({ state }) => state)).toEqual(['succeeded'])
  const log = await product.cli('runs', 'log', failed.id, 'train', '--attempt', '1')
  expect(log.stdout).toContain('eta0')
})

test('a dataset goes in, comes out the same, and is never overwritten', async () => {
  const file = join(product.folder, 'extra.csv')
  writeFileSync(file, 'site,verdict\nexample.org,0\n')
  const added = await product.json<ArtifactVersionInfo>('dataset', 'add', file, '--name', 'extra')
  expect(added).toMatchObject({ code: 0, value: { name: 'extra', version: 1, files: 1, size: 27 } })
  const target = join(product.folder, 'got')
  expect((await product.cli('dataset', 'get', 'extra@1', target)).code).toBe(0)
  expect(readFileSync(join(target, 'extra.csv'), 'utf8')).toBe('site,verdict\nexample.org,0\n')
  expect((await product.cli('dataset', 'get', 'extra@1', target)).code).toBe(1)
  const model = join(product.folder, 'model')
  expect((await product.cli('model', 'get', 'phishing', model)).code).toBe(0)
})

test('a saved module is an immutable version that a workflow names', async () => {
  const saved = await product.json<ModuleVersionInfo>('module', 'save', join(product.folder, 'prepare'))
  expect(saved.code, saved.stderr).toBe(0)
  const { name, version } = saved.value
  const listed = await product.json<{ name: string; versions: string[] }[]>('module', 'list')
  expect(listed.value.find((one) => one.name === name)?.versions).toEqual([version])
  writeFileSync(workflow, PHISHING_WORKFLOW.replace('./prepare', `${name}@${version}`))
  const { code, value } = await product.json<Run>('run', workflow, '-p', 'seed=8')
  expect(code).toBe(0)
  expect(node(value, 'prepare').attempts[0]).toMatchObject({ module: { name, version }, parameters: { seed: 8 } })
})

test('a detached run answers at once, is listed, and is cancelled on proof', async () => {
  const { code, value } = await product.json<Run>('run', workflow, '-p', 'seed=9', '--detach')
  expect(code).toBe(0)
  expect(value.state).toBe('running')
  const listed = await product.json<Run[]>('runs')
  expect(listed.value[0]?.id).toBe(value.id)
  const cancelled = await product.json<Run>('runs', 'cancel', value.id)
  expect(cancelled.value.state).toBe('cancelled')
})

test('without --json the same is text for people', async () => {
  const { code, stdout } = await product.cli('runs', 'show', failed.id)
  expect(code).toBe(0)
  for (const word of [failed.id, 'prepare', 'train', 'evaluate', 'succeeded']) expect(stdout).toContain(word)
  expect((await product.cli('doctor')).stdout).toContain('Python')
})
