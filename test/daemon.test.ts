import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Run } from '@secxops/protocol/run'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from './support/eventually.ts'
import { startJupyter } from './support/jupyter.ts'
import { openProduct, type Product } from './support/product.ts'

/** One daemon, whoever comes and goes: two Jupyters one after the other and a command line beside them. */

let product: Product
let workflow: string
let flag: string

beforeAll(() => {
  product = openProduct('daemon')
  flag = join(product.state, 'go-on')
  const module = join(product.folder, 'patient')
  mkdirSync(module, { recursive: true })
  writeFileSync(join(module, 'module.yaml'), `apiVersion: secxops/v1\nkind: Module\nname: patient\nstart: sh wait.sh\n`)
  writeFileSync(join(module, 'wait.sh'), `echo started\nwhile [ ! -e '${flag}' ]; do sleep 0.1; done\necho went on\n`)
  workflow = join(product.folder, 'patient.workflow.yaml')
  writeFileSync(workflow, 'apiVersion: secxops/v1\nkind: Workflow\nnodes:\n  patient: {module: ./patient}\n')
})
afterAll(() => product?.close())

test('Jupyter stopped in the middle of a run: the run goes on, a second Jupyter and the command line see it', async () => {
  const first = await startJupyter(product, '/user/alice/')
  const { pid } = await first.health()
  const { value: run } = await product.json<Run>('run', workflow, '--detach')
  await eventually('the node runs', async () => {
    const log = await product.cli('runs', 'log', run.id, 'patient')
    return log.stdout.includes('started')
  })
  await first.stop()
  expect((await product.json<Run>('runs', 'show', run.id)).value.state).toBe('running')

  const second = await startJupyter(product, '/')
  try {
    expect((await second.health()).pid).toBe(pid)
    expect((await second.get<Run>(`runs/${run.id}`)).state).toBe('running')
    writeFileSync(flag, '')
    await eventually('the run is done', async () => (await second.get<Run>(`runs/${run.id}`)).state === 'succeeded')
    const { value } = await product.json<Run>('runs', 'show', run.id)
    expect(value.nodes[0]?.attempts).toHaveLength(1)
    expect((await product.cli('runs', 'log', run.id, 'patient')).stdout).toBe('started\nwent on\n')
  } finally {
    await second.stop()
  }
})

test('ten command lines at once find one daemon', async () => {
  await product.cli('serve', '--stop')
  const found = await Promise.all(Array.from({ length: 10 }, () => product.json<{ pid: number }>('serve', '--ensure')))
  expect(found.map(({ code }) => code)).toEqual(Array(10).fill(0))
  expect(new Set(found.map(({ value }) => value.pid)).size).toBe(1)
})
