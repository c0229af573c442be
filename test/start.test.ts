import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Run } from '@secxops/protocol/run'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Lab, openLab } from './support/lab.ts'
import { processesWith } from './support/processes.ts'

/** `npm start` in a repository that is set up: what it gives, what it refuses, what is left of it. */

let lab: Lab
beforeAll(async () => {
  lab = await openLab('start')
})
afterAll(() => lab?.close())

test('the printed address opens JupyterLab, and the backend answers behind it', async () => {
  const url = new URL(lab.url)
  expect(url.hostname).toBe('127.0.0.1')
  const token = url.searchParams.get('token') ?? ''
  expect(token.length).toBeGreaterThanOrEqual(32)
  expect((await fetch(lab.url)).status).toBe(200)
  const health = await fetch(new URL('/secxops/api/health', url), { headers: { authorization: `token ${token}` } })
  expect(await health.json()).toMatchObject({ product: 'secxops', home: lab.home })
  expect((await fetch(new URL('/secxops/api/health', url), { redirect: 'manual' })).status).not.toBe(200)
})

test('a new working folder has the example projects; the token is in no command line', () => {
  for (const name of ['prepare', 'train', 'evaluate'])
    expect(existsSync(join(lab.folder, 'phishing', name, `${name}.ipynb`))).toBe(true)
  const token = new URL(lab.url).searchParams.get('token') ?? ''
  expect(processesWith('SECXOPS_HOME', lab.home).filter((line) => line.includes(token))).toEqual([])
})

test('an occupied port is one message with the next step', async () => {
  const port = Number(new URL(lab.url).port)
  await expect(openLab('port', port)).rejects.toThrow(/Port \d+ is in use[\s\S]*Next: +npm start -- --port \d+/)
})

test('Ctrl-C in the middle of a run cancels it and leaves no process', async () => {
  const module = join(lab.folder, 'slow')
  mkdirSync(module)
  writeFileSync(join(module, 'slow.sh'), 'setsid sleep 600 &\nsleep 600\n')
  writeFileSync(join(module, 'module.yaml'), 'apiVersion: secxops/v1\nkind: Module\nname: slow\nstart: sh slow.sh\n')
  const workflow = join(lab.folder, 'slow.workflow.yaml')
  writeFileSync(workflow, 'apiVersion: secxops/v1\nkind: Workflow\nnodes:\n  slow: {module: ./slow}\n')
  const { value } = await lab.json<Run>('run', workflow, '--detach')
  expect(value.state).toBe('running')
  expect(await lab.stop()).toBe(0)
  expect(processesWith('SECXOPS_HOME', lab.home)).toEqual([])
  const { value: after } = await lab.json<Run>('runs', 'show', value.id)
  expect(after.state).toBe('cancelled')
})
