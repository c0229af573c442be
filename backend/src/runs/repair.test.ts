import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isOver, openTestBackend, shellModule, signal, workflowText } from './testing/backend.ts'

const stateOf = (run: { nodes: { id: string; state: string }[] }, id: string) =>
  run.nodes.find((node) => node.id === id)?.state

test('live repair: the failed branch is mended and goes on while the other branch still runs', async () => {
  const backend = openTestBackend()
  const gate = join(backend.project, 'gate')
  const path = backend.write({
    'slow/module.yaml': shellModule('slow', `echo ran >> ${gate}-count; while [ ! -e ${gate} ]; do sleep 0.05; done`),
    'fix/module.yaml': shellModule('fix', 'exit 9'),
    'last/module.yaml': shellModule('last', ':'),
    'w.workflow.yaml': workflowText(
      '  slow: {module: ./slow}\n  fix: {module: ./fix}\n  after: {module: ./last, after: [fix]}\n  end: {module: ./last, after: [slow, after]}\n',
    ),
  })
  const { id } = await backend.runs.start({ path }, signal)
  const failed = await backend.until(id, (run) => stateOf(run, 'fix') === 'failed')
  expect(failed).toMatchObject({ state: 'running' })
  expect([stateOf(failed, 'after'), stateOf(failed, 'end')]).toEqual(['blocked', 'blocked'])
  backend.write({ 'fix/module.yaml': shellModule('fix', ':') })
  expect(
    (await backend.runs.plan(id, {}, signal)).run.map(({ node, why }) => `${node}: ${why[0]}, ${why[1]}`),
  ).toContain('fix: it failed before, module changed')
  await backend.runs.continue(id, {}, signal)
  const mended = await backend.until(id, (run) => stateOf(run, 'after') === 'succeeded')
  expect([stateOf(mended, 'slow'), stateOf(mended, 'end')]).toEqual(['running', 'pending'])
  writeFileSync(gate, '')
  const run = await backend.until(id, isOver)
  expect(run.state).toBe('succeeded')
  expect(readFileSync(`${gate}-count`, 'utf8')).toBe('ran\n')
  expect(run.nodes.map(({ attempts }) => attempts.length)).toEqual([1, 2, 1, 1])
})

test('after an edit only what is stale runs: an unchanged result upstream, and one that comes out the same, stop the wave', async () => {
  const backend = openTestBackend()
  const port = 'outputs: {out: {type: dataset, path: out.txt}}\n'
  const count = join(backend.project, 'count')
  backend.write({
    'a/module.yaml': shellModule(
      'a',
      `echo a >> ${count}; echo "$SECXOPS_PARAM_x" > out.txt`,
      `parameters: {x: {type: integer, default: 1}, note: {type: string, default: n}}\n${port}`,
    ),
    'b/module.yaml': shellModule(
      'b',
      `echo b >> ${count}; cat in.txt > out.txt`,
      `inputs: {in: {type: dataset, path: in.txt}}\n${port}`,
    ),
  })
  const run = await backend.run(workflowText('  a: {module: ./a}\n  b: {module: ./b, inputs: {in: a.out}}\n'))
  const ranSince = () => readFileSync(count, 'utf8')
  await backend.runs.continue(run.id, { set: { a: { note: 'other' } } }, signal)
  await backend.until(run.id, isOver)
  expect(ranSince()).toBe('a\nb\na\n')
  await backend.runs.continue(run.id, { set: { a: { x: 2 } } }, signal)
  const second = await backend.until(run.id, isOver)
  expect(ranSince()).toBe('a\nb\na\na\nb\n')
  expect(second.nodes[1]?.attempts.at(-1)?.outputs.out?.artifact?.version).toBe(2)
  await backend.runs.continue(run.id, { from: ['b'] }, signal)
  await backend.until(run.id, isOver)
  expect(ranSince()).toBe('a\nb\na\na\nb\nb\n')
})

test('Continue takes an edited default in, and keeps what the run was given, which the plan tells', async () => {
  const backend = openTestBackend()
  backend.write({
    'a/module.yaml': shellModule('a', 'exit 3', 'parameters: {s: {type: integer}, t: {type: integer}}\n'),
  })
  const text = (s: number, t: number) =>
    workflowText(
      '  a: {module: ./a, with: {s: {parameter: secs}, t: {parameter: tries}}}\n',
      `parameters: {secs: {type: integer, default: ${s}}, tries: {type: integer, default: ${t}}}\n`,
    )
  // Given, although it is what the default says.
  const { id } = await backend.run(text(100, 1), { parameters: { tries: 1 } })
  const edited = { text: text(4, 2) }
  const plan = await backend.runs.plan(id, edited, signal)
  expect(plan.run).toEqual([{ node: 'a', why: ['it failed before', 'parameter s changed 100 → 4'] }])
  expect(plan.given).toEqual({ parameters: { tries: 1 }, set: {}, inputs: {} })
  await backend.runs.continue(id, edited, signal)
  await backend.until(id, isOver)
  await backend.runs.continue(id, { parameters: { tries: 2 } }, signal)
  const run = await backend.until(id, isOver)
  expect(run.nodes[0]?.attempts.map(({ parameters }) => parameters)).toEqual([
    { s: 100, t: 1 },
    { s: 4, t: 1 },
    { s: 4, t: 2 },
  ])
  // A parameter that the file no longer has does not stand in the way.
  const without = text(4, 2).replaceAll(/, t: \{parameter: tries\}|, tries: \{[^}]+\}/g, '')
  backend.write({ 'a/module.yaml': shellModule('a', ':', 'parameters: {s: {type: integer}}\n') })
  await backend.runs.continue(id, { text: without }, signal)
  expect(await backend.until(id, isOver)).toMatchObject({ state: 'succeeded', text: without })
})

test('a continued run tells since when it goes on, beside the work of the periods before', async () => {
  const backend = openTestBackend()
  const gate = join(backend.project, 'gate')
  backend.write({ 'a/module.yaml': shellModule('a', `while [ ! -e ${gate} ]; do exit 1; done`) })
  const failed = await backend.run(workflowText('  a: {module: ./a}\n'))
  expect(failed.continuedAt).toBeUndefined()
  writeFileSync(gate, '')
  const going = await backend.runs.continue(failed.id, {}, signal)
  expect(going).toMatchObject({ state: 'running', duration: failed.duration })
  expect(Date.parse(going.continuedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(failed.endedAt ?? ''))
  await backend.until(failed.id, isOver)
})

test('a new run of the same thing takes the results that are there; the same idempotency key is the same run', async () => {
  const backend = openTestBackend()
  const count = join(backend.project, 'count')
  const path = backend.write({
    'a/module.yaml': shellModule(
      'a',
      `echo a >> ${count}; echo 1 > out.txt`,
      'outputs: {out: {type: dataset, path: out.txt}}\n',
    ),
    'w.workflow.yaml': workflowText('  a: {module: ./a}\n'),
  })
  const start = (idempotencyKey: string) => backend.runs.start({ path, idempotencyKey }, signal)
  const [one, two] = await Promise.all([start('key-number-1'), start('key-number-1')])
  expect(one.id).toBe(two.id)
  await backend.until(one.id, isOver)
  expect((await start('key-number-1')).id).toBe(one.id)
  const other = await start('key-number-2')
  const run = await backend.until(other.id, isOver)
  expect(run.nodes[0]?.attempts[0]).toMatchObject({
    state: 'succeeded',
    reused: { runId: one.id, nodeId: 'a', attempt: 1 },
  })
  expect(readFileSync(count, 'utf8')).toBe('a\n')
})

test('trying an unsaved module runs it each time and leaves the library alone', async () => {
  const backend = openTestBackend()
  backend.write({ 'src/data.txt': 'seven\n' })
  const body = {
    path: join(backend.project, 'src'),
    module: {
      apiVersion: 'secxops/v1' as const,
      kind: 'Module' as const,
      name: 'counts',
      start: 'sh -c \'cat data.txt > "$SECXOPS_OUTPUT_o"; echo "$SECXOPS_PARAM_n"\'',
      parameters: { n: { type: 'integer' as const } },
      outputs: { o: { type: 'dataset' as const, path: 'o.txt' } },
    },
    values: { n: 3 },
  }
  for (let time = 0; time < 2; time++) {
    const { id } = await backend.runs.try(body, signal)
    const run = await backend.until(id, isOver)
    expect(run.nodes[0]).toMatchObject({ id: 'counts', state: 'succeeded' })
    expect(run.nodes[0]?.attempts[0]?.reused).toBeUndefined()
    const ref = { id, node: 'counts', attempt: 1, port: 'o' }
    expect(await backend.runs.preview(ref, {})).toMatchObject({ kind: 'text', text: 'seven\n' })
    if (time === 1) expect(await backend.runs.saveOutput(ref, 'kept')).toMatchObject({ name: 'kept', version: 1 })
    else expect(() => backend.domain.library.resolve('dataset', 'counts-counts-o')).toThrow()
  }
})

test('a workflow with mistakes is refused whole, with every problem and its line, and nothing starts', async () => {
  const backend = openTestBackend()
  const path = backend.write({
    'a/module.yaml': shellModule('a', ':', 'parameters: {lr: {type: number, maximum: 1}}\n'),
    'w.workflow.yaml': workflowText(
      '  a:\n    module: ./a\n    with: {lr: 4}\n  b: {module: ./nowhere, after: [a, b]}\n',
    ),
  })
  const refusal = await backend.runs.start({ path }, signal).catch((error: unknown) => error)
  expect(refusal).toMatchObject({
    body: {
      details: expect.arrayContaining([
        expect.objectContaining({ code: 'unknown-module', where: expect.objectContaining({ line: 7 }) }),
        expect.objectContaining({ code: 'bad-parameter', where: expect.objectContaining({ line: 6 }) }),
        expect.objectContaining({ code: 'cycle' }),
      ]),
    },
  })
  expect(backend.runs.list({})).toEqual([])
  expect(existsSync(join(backend.home.attempts, 'w'))).toBe(false)
})

test('a failed node whose module is put back to what had succeeded takes that result, and the plan says so', async () => {
  const backend = openTestBackend()
  const good = shellModule('a', 'echo good')
  backend.write({ 'a/module.yaml': good })
  const first = await backend.run(workflowText('  a: {module: ./a}\n'))
  backend.write({ 'a/module.yaml': shellModule('a', 'exit 3') })
  const second = await backend.run(workflowText('  a: {module: ./a}\n'))
  expect(stateOf(second, 'a')).toBe('failed')
  backend.write({ 'a/module.yaml': good })
  expect(await backend.runs.plan(second.id, {}, signal)).toMatchObject({ run: [], reuse: ['a'], keep: [] })
  await backend.runs.continue(second.id, {}, signal)
  const mended = await backend.until(second.id, isOver)
  expect(mended.state).toBe('succeeded')
  expect(mended.nodes[0]?.attempts.at(-1)?.reused).toMatchObject({ runId: first.id, nodeId: 'a' })
})
