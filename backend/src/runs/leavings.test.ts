import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isOver, openTestBackend, shellModule, signal, type TestBackend, workflowText } from './testing/backend.ts'

const folderOf = ({ home }: TestBackend, run: string, node: string, attempt: number): string =>
  join(home.attempts, run, node, String(attempt))

/** Resolves when nothing stands at a path. */
const gone = async (path: string): Promise<void> => {
  while (existsSync(path)) await new Promise((resolve) => setImmediate(resolve))
}

test('a succeeded attempt leaves its log and no working folder, and its output was not copied', async () => {
  const backend = openTestBackend()
  backend.write({
    'make/module.yaml': shellModule(
      'make',
      'head -c 100000 /dev/zero > big.bin; stat -c %i big.bin 2>/dev/null || stat -f %i big.bin',
      'outputs: {big: {type: dataset, path: big.bin}}\n',
    ),
  })
  const run = await backend.run(workflowText('  make: {module: ./make}\n'))
  expect(run.state).toBe('succeeded')
  const folder = folderOf(backend, run.id, 'make', 1)
  await gone(join(folder, 'before.json'))
  expect(readdirSync(folder)).toContain('log')
  for (const name of ['work', 'params.json']) expect(existsSync(join(folder, name))).toBe(false)
  const log = await backend.runs.log({ id: run.id, node: 'make', attempt: 1 }, {}, signal)
  expect(log.text.trim()).toBe(String(statSync(run.nodes[0]?.attempts[0]?.outputs.big?.path ?? '').ino))
})

test('a failed attempt can be looked at until a later one of its node has ended', async () => {
  const backend = openTestBackend()
  backend.write({
    'step/module.yaml': shellModule(
      'step',
      'echo partial > left.txt; exit "$SECXOPS_PARAM_code"',
      'parameters: {code: {type: integer, default: 0}}\n',
    ),
  })
  const { id } = await backend.run(workflowText('  step: {module: ./step, with: {code: 3}}\n'))
  const left = (attempt: number): string => join(folderOf(backend, id, 'step', attempt), 'work', 'left.txt')
  expect(existsSync(left(1))).toBe(true)
  const again = async (code: number): Promise<void> => {
    await backend.runs.continue(id, { set: { step: { code } } }, signal)
    await backend.until(id, isOver)
  }
  await again(4)
  await gone(left(1))
  expect(existsSync(left(2))).toBe(true)
  await again(0)
  await gone(left(2))
  await gone(left(3))
})

test('a process that a command left running is ended before its outputs are kept', async () => {
  const backend = openTestBackend()
  backend.write({
    'linger/module.yaml': shellModule(
      'linger',
      'exec 3> out.txt; echo done >&3; (while :; do echo more >&3; sleep 0.01; done) & exit 0',
      'outputs: {out: {type: dataset, path: out.txt}}\n',
    ),
  })
  const run = await backend.run(workflowText('  linger: {module: ./linger}\n'))
  const content = run.nodes[0]?.attempts[0]?.outputs.out
  expect(run.state).toBe('succeeded')
  expect(statSync(content?.path ?? '').size).toBe(content?.size)
  await backend.domain.runner.sweep('SECXOPS_RUN', run.id, 0)
  expect(statSync(content?.path ?? '').size).toBe(content?.size)
})
