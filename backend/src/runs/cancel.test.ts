import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { expect, test } from 'vitest'
import { carriersOf } from '../runners/local/processes.ts'
import type { LibraryService } from '../services.ts'
import { openTestBackend, shellModule, signal, workflowText } from './testing/backend.ts'

test('cancel ends on proof: children that left the group or ignore SIGTERM are gone, what waits is cancelled', async () => {
  const backend = openTestBackend()
  const up = join(backend.project, 'up')
  const path = backend.write({
    'hold/module.yaml': shellModule(
      'hold',
      `trap "" TERM; setsid sh -c "trap : TERM; while :; do sleep 0.1; done" & (setsid sleep 1000 &); : > ${up}; while :; do sleep 0.1; done`,
    ),
    'leaves/module.yaml': shellModule('leaves', '(setsid sleep 1000 &)'),
    'w.workflow.yaml': workflowText(
      '  leaves: {module: ./leaves}\n  hold: {module: ./hold, after: [leaves]}\n  next: {module: ./leaves, after: [hold]}\n',
    ),
  })
  const { id } = await backend.runs.start({ path }, signal)
  await expect.poll(() => existsSync(up), { timeout: 20_000 }).toBe(true)
  expect(carriersOf(`SECXOPS_RUN=${id}`).size).toBeGreaterThan(2)
  expect((await backend.runs.cancel(id)).state).toBe('cancelling')
  const run = await backend.until(id, ({ state }) => state === 'cancelled')
  expect(carriersOf(`SECXOPS_RUN=${id}`).size).toBe(0)
  expect(run.nodes.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'leaves succeeded',
    'hold cancelled',
    'next cancelled',
  ])
  await expect(backend.runs.continue(id, { set: {} }, signal)).resolves.toMatchObject({ state: 'running' })
  await backend.runs.cancelAll()
  expect(backend.runs.activeRuns()).toBe(0)
  expect(carriersOf(`SECXOPS_RUN=${id}`).size).toBe(0)
})

test('a run is being cancelled until it is proved that no process of it is left', async () => {
  const sweep = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  const backend = openTestBackend({
    change: ({ runner }) => ({
      runner: {
        ...runner,
        sweep: async (...args) => {
          asked.resolve()
          await sweep.promise
          await runner.sweep(...args)
        },
      },
    }),
  })
  const up = join(backend.project, 'up')
  const path = backend.write({
    'hold/module.yaml': shellModule('hold', `: > ${up}; sleep 1000`),
    'w.workflow.yaml': workflowText('  hold: {module: ./hold}\n'),
  })
  const { id } = await backend.runs.start({ path }, signal)
  await expect.poll(() => existsSync(up), { timeout: 20_000 }).toBe(true)
  await backend.runs.cancel(id)
  await asked.promise
  expect(backend.runs.get(id)).toMatchObject({ state: 'cancelling', nodes: [{ state: 'cancelled' }] })
  sweep.resolve()
  await backend.until(id, ({ state }) => state === 'cancelled')
})

test('a full disk while publishing fails the node plainly, publishes nothing, and Continue heals it', async () => {
  let full = true
  const backend = openTestBackend({
    change: ({ library }) => ({
      library: {
        ...library,
        intern: (...args: Parameters<LibraryService['intern']>) =>
          full
            ? Promise.reject(
                new SecxopsError({ code: 'disk-full', message: 'There is not enough space to store rows.csv.' }),
              )
            : library.intern(...args),
      },
    }),
  })
  backend.write({
    'make/module.yaml': shellModule('make', 'echo a > rows.csv', 'outputs: {rows: {type: dataset, path: rows.csv}}\n'),
  })
  const run = await backend.run(workflowText('  make: {module: ./make}\n'))
  expect(run.nodes[0]).toMatchObject({
    state: 'failed',
    attempts: [{ exitCode: 0, outputs: {}, error: { code: 'disk-full' } }],
  })
  expect(() => backend.domain.library.resolve('dataset', 'w-make-rows')).toThrow()
  full = false
  await backend.runs.continue(run.id, {}, signal)
  expect((await backend.until(run.id, ({ state }) => state === 'succeeded')).nodes[0]?.attempts).toHaveLength(2)
})

test('time limits, missing outputs and changed inputs are told with what to do', async () => {
  const backend = openTestBackend()
  const data = backend.write({
    'slow/module.yaml': shellModule('slow', 'sleep 100', 'timeout: 1s\n'),
    'forgets/module.yaml': shellModule('forgets', ':', 'outputs: {model: {type: model, path: model.joblib}}\n'),
    'spoils/module.yaml': shellModule(
      'spoils',
      'chmod u+w data.csv 2>&1; echo x >> data.csv',
      'inputs: {data: {type: dataset, path: data.csv}}\n',
    ),
    'data.csv': 'a\n',
  })
  const run = await backend.run(
    workflowText(
      '  slow: {module: ./slow}\n  forgets: {module: ./forgets}\n  spoils: {module: ./spoils, inputs: {data: {file: data.csv}}}\n',
    ),
  )
  const error = (id: string) => run.nodes.find((node) => node.id === id)?.attempts[0]?.error
  expect(error('slow')).toMatchObject({ code: 'timed-out' })
  expect(error('forgets')).toMatchObject({
    code: 'missing-output',
    message: expect.stringContaining('model.joblib was not written'),
  })
  expect(['conflict', 'command-failed']).toContain(error('spoils')?.code)
  expect(existsSync(data)).toBe(true)
})

test('secrets stand nowhere in the record, the tail or the log', async () => {
  const backend = openTestBackend()
  backend.write({
    's/module.yaml': `apiVersion: secxops/v1\nkind: Module\nname: s\nstart: sh -c 'echo "got $0"; exit 3' $key\nparameters: {key: {type: secret}}\n`,
  })
  const run = await backend.run(workflowText('  s: {module: ./s}\n'), { set: { s: { key: 'geheim-123' } } })
  expect(run.nodes[0]?.attempts[0]).toMatchObject({ exitCode: 3, parameters: { key: '••••' }, tail: ['got ••••'] })
  expect(JSON.stringify(run)).not.toContain('geheim')
  expect(run.nodes[0]?.attempts[0]?.log).toBeUndefined()
  expect(JSON.stringify(backend.events)).not.toContain('/log"')
  expect(JSON.stringify(backend.events)).not.toContain('geheim')
  expect((await backend.runs.log({ id: run.id, node: 's', attempt: 1 }, {}, signal)).text).toBe('got **********\n')
})
