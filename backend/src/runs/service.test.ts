import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { expect, test } from 'vitest'
import { isOver, openTestBackend, shellModule, signal, workflowText } from './testing/backend.ts'

const states = (run: { nodes: { id: string; state: string }[] }) =>
  Object.fromEntries(run.nodes.map(({ id, state }) => [id, state]))

test('data flows from module to module and becomes versions with lineage', async () => {
  const backend = openTestBackend()
  const raw = backend.write({
    'make/module.yaml': shellModule(
      'make',
      'echo a,b > "$SECXOPS_OUTPUT_rows"; echo made',
      'outputs: {rows: {type: dataset, path: out/rows.csv}}\n',
    ),
    'use/module.yaml': shellModule(
      'use',
      'cat rows.csv extra.txt > model.txt; echo "lr=$SECXOPS_PARAM_lr"',
      'parameters: {lr: {type: number, default: 0.5}}\ninputs: {rows: {type: dataset, path: rows.csv}, extra: {type: file, path: extra.txt}}\noutputs: {model: {type: model, path: model.txt}}\n',
    ),
    'extra.txt': 'extra\n',
  })
  const run = await backend.run(
    workflowText(
      '  make: {module: ./make}\n  use: {module: ./use, with: {lr: {parameter: lr}}, inputs: {rows: make.rows, extra: {input: extra}}}\n',
      'parameters: {lr: {type: number, default: 0.1}}\ninputs: {extra: {type: file}}\noutputs: {model: {from: use.model, saveAs: best}}\n',
    ),
    { inputs: { extra: raw }, parameters: { lr: 0.25 } },
  )
  expect(states(run)).toEqual({ make: 'succeeded', use: 'succeeded' })
  expect(run.state).toBe('succeeded')
  const [make, use] = run.nodes.map((node) => node.attempts[0])
  expect(make?.outputs.rows).toMatchObject({ artifact: { kind: 'dataset', name: 'w-make-rows', version: 1 } })
  expect(run.outputs.model).toMatchObject({ artifact: { kind: 'model', name: 'best', version: 1 }, files: 1 })
  expect(readFileSync(run.outputs.model?.path ?? '', 'utf8')).toBe('a,b\nextra\n')
  expect(use).toMatchObject({ exitCode: 0, state: 'succeeded', parameters: { lr: 0.25 } })
  expect(run.asRun?.parameters?.lr?.default).toBe(0.25)
  expect(run.asRun?.inputs?.extra).toEqual({ type: 'file' })
  const log = await backend.runs.log({ id: run.id, node: 'use', attempt: 1 }, {}, signal)
  expect(log).toMatchObject({ text: 'lr=0.25\n', next: 8, complete: true })
  expect(backend.domain.library.resolve('model', 'best').digest).toBe(run.outputs.model?.digest)
})

test('a failed node blocks its descendants only; Continue runs what must run, and the failed attempt stays', async () => {
  const backend = openTestBackend()
  backend.write({
    'step/module.yaml': shellModule(
      'step',
      'echo ran >> "$COUNT"; exit "$SECXOPS_PARAM_code"',
      'parameters: {code: {type: integer, default: 0}, count: {type: string}}\n',
    ).replaceAll('$COUNT', '$SECXOPS_PARAM_count'),
  })
  const count = (node: string) => join(backend.project, `count-${node}`)
  const node = (id: string, more: string) => `  ${id}: {module: ./step, ${more}}\n`
  const run = await backend.run(
    workflowText(
      node('a', `with: {count: ${count('a')}}`) +
        node('bad', `with: {count: ${count('bad')}, code: 3}, after: [a]`) +
        node('after', `with: {count: ${count('after')}}, after: [bad]`) +
        node('other', `with: {count: ${count('other')}}, after: [a]`),
    ),
  )
  expect(run.state).toBe('failed')
  expect(states(run)).toEqual({ a: 'succeeded', bad: 'failed', after: 'blocked', other: 'succeeded' })
  expect(run.nodes.find(({ id }) => id === 'after')?.blockedBy).toEqual(['bad'])
  expect(run.nodes.find(({ id }) => id === 'bad')?.attempts[0]?.error).toMatchObject({ code: 'command-failed' })

  const edit = { set: { bad: { code: 0 } } }
  expect(await backend.runs.plan(run.id, edit, signal)).toEqual({
    run: [
      { node: 'bad', why: ['it failed before', 'parameter code changed 3 → 0'] },
      { node: 'after', why: ['it has not run yet'] },
    ],
    reuse: [],
    keep: ['a', 'other'],
    problems: [],
    given: { parameters: {}, set: edit.set, inputs: {} },
  })
  await backend.runs.continue(run.id, edit, signal)
  const again = await backend.until(run.id, ({ state }) => state === 'succeeded')
  expect(again.nodes.map(({ attempts }) => attempts.map(({ state }) => state).join())).toEqual([
    'succeeded',
    'failed,succeeded',
    'succeeded',
    'succeeded',
  ])
  expect(readFileSync(count('a'), 'utf8')).toBe('ran\n')
  expect(readFileSync(count('bad'), 'utf8')).toBe('ran\nran\n')
  expect(again.nodes.find(({ id }) => id === 'bad')?.attempts[0]).toMatchObject({
    exitCode: 3,
    parameters: { code: 3 },
  })
})

test('the workflow as it was run has the values that were given, but no secrets', async () => {
  const backend = openTestBackend()
  const parameters = 'parameters: {n: {type: integer}, key: {type: secret, required: false}}\n'
  backend.write({ 'step/module.yaml': shellModule('step', 'exit 0', parameters) })
  const text = workflowText('  a: {module: ./step, with: {n: 1}}\n')
  const run = await backend.run(text, { set: { a: { n: 2, key: 'hidden-key' } } })
  expect(run.text).toBe(text)
  expect(run.asRun?.nodes).toEqual({ a: { module: './step', with: { n: 2 } } })
})

test('workflows of the same file name in different folders make different names', async () => {
  const backend = openTestBackend()
  const module = shellModule(
    'make',
    'echo "$SECXOPS_PARAM_x" > out.txt',
    'parameters: {x: {type: string}}\noutputs: {model: {type: model, path: out.txt}}\n',
  )
  const names = async (folder: string) => {
    backend.write({ [`${folder}/make/module.yaml`]: module })
    const text = workflowText(`  make: {module: ./make, with: {x: ${folder}}}\n`)
    const path = backend.write({ [`${folder}/untitled.workflow.yaml`]: text })
    const { id } = await backend.runs.start({ path }, signal)
    const run = await backend.until(id, isOver)
    return [run.workflow, run.nodes[0]?.attempts[0]?.outputs.model?.artifact]
  }
  const version = (name: string) => [name, { kind: 'model', name: `${name}-make-model`, version: 1 }]
  expect(await names('phishing')).toEqual(version('untitled'))
  expect(await names('http')).toEqual(version('http-untitled'))
  expect(await names('deep/http')).toEqual(version('http-untitled-2'))
  expect(await names('phishing')).toEqual(version('untitled'))
  const long = 'x'.repeat(70)
  const starts = [`1/${long}`, `2/${long}`, `3/${long}`].map((folder) => names(folder))
  expect(new Set((await Promise.all(starts)).map(([name]) => name)).size).toBe(3)
})

test('a text of a json parameter reaches the command as JSON, with its quotes; of a string parameter as it is', async () => {
  const backend = openTestBackend()
  backend.write({
    'm/module.yaml':
      'apiVersion: secxops/v1\nkind: Module\nname: m\nstart: \'true -y "x: $x" $s\'\nparameters: {x: {type: json}, s: {type: string}}\n',
  })
  const run = await backend.run(workflowText('  m: {module: ./m, with: {x: "8", s: "8"}}\n'))
  expect(run.nodes[0]?.attempts[0]?.argv.slice(1)).toEqual(['-y', 'x: "8"', '8'])
})

test('an environment that cannot be made is told at the file of the user, not at its copy in the attempt', async () => {
  const backend = openTestBackend({
    change: ({ environments }) => ({
      environments: {
        ...environments,
        prepare: (_environment, directory) => {
          const path = join(directory, 'requirements.txt')
          const message = `The requirements file ${path} names what is not there.`
          const next = [{ kind: 'open' as const, label: 'Open requirements', place: { path, line: 1 } }]
          return Promise.reject(new SecxopsError({ code: 'no-environment', message, where: { path, line: 1 }, next }))
        },
      },
    }),
  })
  backend.write({ 'fit/module.yaml': shellModule('fit', 'true'), 'fit/requirements.txt': 'nope\n' })
  const run = await backend.run(workflowText('  fit: {module: ./fit}\n'))
  const path = join(backend.project, 'fit/requirements.txt')
  expect(run.nodes[0]?.attempts[0]?.error).toEqual({
    code: 'no-environment',
    message: `The requirements file ${path} names what is not there.`,
    where: { path, line: 1 },
    next: [{ kind: 'open', label: 'Open requirements', place: { path, line: 1 } }],
  })
})

test('the list tells of which runs the workflow file is gone', async () => {
  const backend = openTestBackend()
  backend.write({ 'ok/module.yaml': shellModule('ok', 'true') })
  const { path } = await backend.run(workflowText('  ok: {module: ./ok}\n'))
  expect(backend.runs.list({})[0]).not.toHaveProperty('gone')
  renameSync(path, `${path}.old`)
  expect(backend.runs.list({})).toMatchObject([{ path, gone: true }])
})
