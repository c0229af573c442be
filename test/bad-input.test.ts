import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ErrorBody } from '@secxops/protocol/errors'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProduct, type Product } from './support/product.ts'

/** What a user may hand over by mistake: each answer says what is wrong, where, and what was meant. */

let product: Product
beforeAll(async () => {
  product = openProduct('bad')
  file('step/module.yaml', MODULE)
  file('step/step.sh', 'cp "$1" out.csv\n')
})
afterAll(() => product?.close())

const MODULE = `apiVersion: secxops/v1
kind: Module
name: step
start: sh step.sh $data --rate $rate
parameters:
  rate: {type: number, minimum: 0, maximum: 1}
inputs:
  data: {type: dataset, path: in.csv}
outputs:
  table: {type: dataset, path: out.csv}
`
const HEAD = 'apiVersion: secxops/v1\nkind: Workflow\n'
const FILE = 'inputs: {data: {file: ./in.csv}}'

function file(path: string, text: string): string {
  const whole = join(product.folder, path)
  mkdirSync(dirname(whole), { recursive: true })
  writeFileSync(whole, text)
  return whole
}

const workflows: { name: string; text: string; says: RegExp[] }[] = [
  {
    name: 'broken YAML',
    text: `${HEAD}nodes:\n  a: {module: ./step\n  b: 1\n`,
    says: [/"line": [345]/, /"column": \d/],
  },
  {
    name: 'an unknown key',
    text: `${HEAD}nodes:\n  a: {modul: ./step}\n`,
    says: [/modul\b/, /module/, /"line": 4/],
  },
  {
    name: 'an unknown module',
    text: `${HEAD}nodes:\n  a: {module: ./stepp, ${FILE}}\n`,
    says: [/unknown-module/, /stepp/],
  },
  {
    name: 'an unknown version',
    text: `${HEAD}nodes:\n  a: {module: csv-split@9.9.9, ${FILE}}\n`,
    says: [/unknown-version/, /9\.9\.9/],
  },
  {
    name: 'a missing required parameter',
    text: `${HEAD}nodes:\n  a: {module: ./step, ${FILE}}\n`,
    says: [/missing-parameter/, /rate/],
  },
  {
    name: 'a value out of its range',
    text: `${HEAD}nodes:\n  a: {module: ./step, with: {rate: 3}, ${FILE}}\n`,
    says: [/bad-parameter/, /rate/, /1/],
  },
  {
    name: 'a misspelt parameter',
    text: `${HEAD}nodes:\n  a: {module: ./step, with: {rtae: 0.5, rate: 0.5}, ${FILE}}\n`,
    says: [/unknown-parameter/, /rtae/, /rate/],
  },
  {
    name: 'a cycle',
    text: `${HEAD}nodes:\n  a: {module: ./step, with: {rate: 0}, inputs: {data: b.table}}\n  b: {module: ./step, with: {rate: 0}, inputs: {data: a.table}}\n`,
    says: [/"cycle"/, /a.*b.*a|b.*a.*b/],
  },
  {
    name: 'an edge to a missing port',
    text: `${HEAD}nodes:\n  a: {module: ./step, with: {rate: 0}, inputs: {data: b.tabel}}\n  b: {module: ./step, with: {rate: 0}, ${FILE}}\n`,
    says: [/unknown-port/, /tabel/, /table/],
  },
  {
    name: 'an input without a source',
    text: `${HEAD}nodes:\n  a: {module: ./step, with: {rate: 0}}\n`,
    says: [/missing-input/, /data/],
  },
  {
    name: 'a dataset that does not exist',
    text: `${HEAD}nodes:\n  a: {module: ./step, with: {rate: 0}, inputs: {data: {dataset: nothing@1}}}\n`,
    says: [/unknown-artifact/, /nothing/],
  },
]

test.each(workflows)('run refuses a workflow with $name before it starts', async ({ name, text, says }) => {
  file('in.csv', 'a\n1\n')
  const path = file(`${name.replaceAll(' ', '-')}.workflow.yaml`, text)
  const { code, value, stderr } = await product.json<{ error: ErrorBody }>('run', path)
  expect(code).toBe(1)
  const words = JSON.stringify(value.error, null, 1)
  for (const one of says) expect(words).toMatch(one)
  expect(stderr).toContain(value.error.message)
  expect((await product.json<unknown[]>('runs')).value).toEqual([])
})

test('a misspelt $name in a start command suggests the right one', async () => {
  file('in.csv', 'a\n1\n')
  file('typo/module.yaml', MODULE.replace('--rate $rate', '--rate $rtae').replace('name: step', 'name: typo'))
  const path = file('typo.workflow.yaml', `${HEAD}nodes:\n  a: {module: ./typo, with: {rate: 0}, ${FILE}}\n`)
  const { code, value } = await product.json<{ error: ErrorBody }>('run', path)
  expect(code).toBe(1)
  expect(JSON.stringify(value.error)).toMatch(/rtae.*did you mean.*rate/i)
})

test('a notebook that is not JSON, or is 200 MB, is named and nothing is written', async () => {
  const text = file('broken/broken.ipynb', 'not a notebook')
  const broken = await product.json<{ error: ErrorBody }>('module', 'pack', text)
  expect(broken).toMatchObject({ code: 1, value: { error: { code: 'bad-notebook' } } })
  const huge = file('huge/huge.ipynb', '')
  const handle = openSync(huge, 'r+')
  writeSync(handle, '{"cells": [')
  ftruncateSync(handle, 200 * 1024 * 1024)
  closeSync(handle)
  const big = await product.json<{ error: ErrorBody }>('module', 'pack', huge)
  expect(big.code).toBe(1)
  expect(big.value.error.message).toMatch(/huge\.ipynb/)
})

test.each(
  [
    ['dataset', 'add', 'in.csv', '--name', '../evil'],
    ['module', 'pack', 'step', '--name', '../../evil'],
    ['dataset', 'get', '../../etc/passwd', 'out'],
    ['runs', 'show', '../../health'],
    ['run', 'missing.workflow.yaml'],
    ['run', 'step/step.sh'],
    ['dataset', 'add', 'no-such-file', '--name', 'x'],
    ['frobnicate'],
  ].map((args) => ({ line: args.join(' '), args })),
)('secxops $line is refused with a message and exit code 1', async ({ args }) => {
  file('in.csv', 'a\n1\n')
  const inFolder = args.map((arg) =>
    /^(in\.csv|step|missing|no-such|out)/.test(arg) ? join(product.folder, arg) : arg,
  )
  const { code, value } = await product.json<{ error: ErrorBody }>(...inFolder)
  expect(code).toBe(1)
  expect(value.error.message.length).toBeGreaterThan(10)
  expect(value.error.code).not.toBe('internal')
})
