import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Slots } from '../engine/slots.ts'
import { FakePlace } from '../runners/kubernetes/testing/fake-place.ts'
import type { OtherPlaces } from './place.ts'
import { isOver, openTestBackend, shellModule, signal, type TestBackend, workflowText } from './testing/backend.ts'

let place: FakePlace
beforeEach(async () => {
  place = await new FakePlace().open()
})
afterEach(() => place.close())

/** A backend whose target `fake` is the cluster in memory. */
function openBackend(root?: string): TestBackend {
  const runner = place.runner()
  const slots = new Slots(() => 10)
  const elsewhere: OtherPlaces = {
    async require(target) {
      if (target !== 'fake') throw new SecxopsError({ code: 'not-found', message: `There is no target ${target}.` })
    },
    place: () => ({
      runner,
      slots,
      environments: {
        digest: async () => 'image',
        prepare: async () => ({ bin: [], variables: {}, digest: 'image', image: 'base' }),
      },
      started: ({ argv, variables }, { image = '' }) => ({ argv, env: variables, elsewhere: { image } }),
    }),
    recovered: () => undefined,
    close: () => runner.close(),
  }
  return openTestBackend({ ...(root === undefined ? {} : { root }), change: () => ({ elsewhere }) })
}
const options = { timeout: 30_000 }
const use =
  'inputs: {rows: {type: dataset, path: rows.csv}}\noutputs: {model: {type: model, path: model.txt}}\nparameters: {code: {type: integer, default: 0}}\n'
const modules = {
  'make/module.yaml': shellModule(
    'make',
    'echo a,b > "$SECXOPS_OUTPUT_rows"; echo made in $PWD',
    'outputs: {rows: {type: dataset, path: out/rows.csv}}\n',
  ),
  'use/module.yaml': shellModule('use', 'cat rows.csv > model.txt; exit "$SECXOPS_PARAM_code"', use),
}
const workflow = (code: number) =>
  workflowText(
    `  make: {module: ./make}\n  use: {module: ./use, with: {code: ${code}}, inputs: {rows: make.rows}}\n`,
    'outputs: {model: {from: use.model, saveAs: best}}\n',
  )

test(
  'a workflow runs on a cluster unchanged: data flows, results are versions of the local library',
  options,
  async () => {
    const backend = openBackend()
    backend.write(modules)
    const run = await backend.run(workflow(0), { target: 'fake' })
    expect(run).toMatchObject({ state: 'succeeded', target: 'fake' })
    expect(run.outputs.model?.artifact).toEqual({ kind: 'model', name: 'best', version: 1 })
    expect(readFileSync(run.outputs.model?.path ?? '', 'utf8')).toBe('a,b\n')
    const log = await backend.runs.log({ id: run.id, node: 'make', attempt: 1 }, {}, signal)
    expect(log.complete).toBe(true)
    expect(log.text).toMatch(/^made in .*\/work\n$/)
    await vi.waitFor(() => expect(place.left()).toEqual([]), options)
  },
)

test('a failed node is mended and continued there; what was done is kept', options, async () => {
  const backend = openBackend()
  backend.write(modules)
  const failed = await backend.run(workflow(3), { target: 'fake' })
  expect(failed.nodes.map(({ state }) => state)).toEqual(['succeeded', 'failed'])
  expect(failed.nodes[1]?.attempts[0]).toMatchObject({ exitCode: 3, error: { code: 'command-failed' } })
  await backend.runs.continue(failed.id, { text: workflow(0) }, signal)
  const run = await backend.until(failed.id, isOver)
  expect(run.state).toBe('succeeded')
  expect(run.nodes.map(({ attempts }) => attempts.length)).toEqual([1, 2])
})

test('cancel ends when nothing of the run is left there', options, async () => {
  const backend = openBackend()
  const path = backend.write({
    'wait/module.yaml': shellModule('wait', 'echo up; while :; do sleep 0.1; done'),
    'w.workflow.yaml': workflowText('  a: {module: ./wait}\n  b: {module: ./wait}\n'),
  })
  const { id } = await backend.runs.start({ path, target: 'fake' }, signal)
  const log = (node: string) => backend.runs.log({ id, node, attempt: 1 }, {}, signal)
  await vi.waitFor(
    async () => expect([(await log('a')).text, (await log('b')).text]).toEqual(['up\n', 'up\n']),
    options,
  )
  await backend.runs.cancel(id)
  expect((await backend.until(id, isOver)).state).toBe('cancelled')
  expect(place.left()).toEqual([])
})

test('a backend that comes after a killed one takes the run over, and nothing runs twice', options, async () => {
  const first = openBackend()
  first.write(modules)
  const path = first.write({
    'slow/module.yaml': shellModule(
      'slow',
      'echo up; until [ -e ../gate ]; do sleep 0.05; done; echo x > out',
      'outputs: {out: {type: dataset, path: out}}\n',
    ),
    'w.workflow.yaml': workflowText('  slow: {module: ./slow}\n'),
  })
  const { id } = await first.runs.start({ path, target: 'fake' }, signal)
  const logPath = join(first.home.attempts, id, 'slow', '1', 'log')
  await vi.waitFor(() => expect(readFileSync(logPath, 'utf8')).toBe('up\n'), options)
  await first.runs.close()
  await first.store.close()
  const second = openBackend(join(first.project, '..'))
  await second.runs.recover()
  const [{ folder } = { folder: '' }] = place.kubelet.pods.values()
  writeFileSync(join(folder, 'gate'), '')
  const run = await second.until(id, isOver)
  expect(run.state).toBe('succeeded')
  expect(run.nodes[0]?.attempts).toHaveLength(1)
  expect(readFileSync(logPath, 'utf8')).toBe('up\n')
  expect(place.kubelet.pods.size).toBe(1)
})

test('an unknown target is refused before anything happens', async () => {
  const backend = openBackend()
  const path = backend.write({ ...modules, 'w.workflow.yaml': workflow(0) })
  await expect(backend.runs.start({ path, target: 'nowhere' }, signal)).rejects.toThrow('There is no target nowhere.')
  expect(backend.runs.list({})).toEqual([])
})
