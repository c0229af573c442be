import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sameJson } from './json.ts'
import { newWorkflow } from './new-workflow.ts'
import { SecxopsError } from './secxops-error.ts'
import type { WorkflowEdit, WorkflowFile, WorkflowLayout } from './workflow.ts'
import { editWorkflow, locate, parseWorkflow } from './workflow-document.ts'
import { applyEdit, startEdits } from './workflow-edits.ts'

const none: WorkflowLayout = { version: 1, nodes: {} }
const text = `# head comment
apiVersion: secxops/v1
kind: Workflow
parameters: {lr: {type: number, default: 0.1}}   # params comment
inputs: {raw: {type: dataset, default: waf@3}}
nodes:
  # prepare comment
  prepare: {module: ./prepare, inputs: {raw: {input: raw}}}
  train:   {module: 'train-waf@1.2.0', with: {lr: {parameter: lr}}, inputs: {data: prepare.features}, after: []}

  # evaluate comment
  evaluate:
    module: "./evaluate" # module comment
    inputs:
      # port comment
      model: train.model
      data: prepare.features # data comment
    after: # after comment
      - prepare
      - train   # item comment
# outputs comment
outputs: {model: {from: train.model, saveAs: waf-model}}
# end comment
`
const edit = (source: string, ...edits: WorkflowEdit[]): string => editWorkflow(source, none, edits).text
const model = (source: string): WorkflowFile => {
  const { workflow, problems } = parseWorkflow(source)
  if (!workflow) throw new Error(JSON.stringify(problems))
  return workflow
}

describe('single edits change only their own place', () => {
  it.each<[string, WorkflowEdit, [string, string][]]>([
    ['a value', { type: 'set-value', id: 'train', name: 'lr', value: 0.5 }, [['{lr: {parameter: lr}}', '{lr: 0.5}']]],
    [
      'a new value',
      { type: 'set-value', id: 'evaluate', name: 'k', value: 'a: b' },
      [['# module comment\n', '# module comment\n    with:\n      k: "a: b"\n']],
    ],
    [
      'no value',
      { type: 'set-value', id: 'train', name: 'lr', value: undefined },
      [['with: {lr: {parameter: lr}}, ', '']],
    ],
    ['a module, in its quotes', { type: 'set-module', id: 'train', module: 'train-waf@1.3.0' }, [['1.2.0', '1.3.0']]],
    [
      'a source',
      { type: 'connect', id: 'evaluate', port: 'data', source: { dataset: 'waf@3' } },
      [['data: prepare.features #', 'data: {dataset: waf@3} #']],
    ],
    ['no source', { type: 'disconnect', id: 'evaluate', port: 'model' }, [['      model: train.model\n', '']]],
    ['order', { type: 'set-after', id: 'evaluate', after: ['train'] }, [['      - prepare\n', '']]],
    [
      'retries',
      { type: 'set-node-field', id: 'prepare', field: 'retries', value: 2 },
      [['{input: raw}}}', '{input: raw}}, retries: 2}']],
    ],
    [
      'an output',
      { type: 'set-output', name: 'f', output: { from: 'prepare.features' } },
      [['waf-model}}', 'waf-model}, f: {from: prepare.features}}']],
    ],
    [
      'a node',
      { type: 'add-node', id: 'new', node: { module: './new' } },
      [['# item comment\n', '# item comment\n\n  new:\n    module: ./new\n']],
    ],
    [
      'a name and all that refers to it',
      { type: 'rename-node', id: 'train', to: 'fit' },
      [
        ['  train:   {', '  fit:   {'],
        ['model: train.model\n', 'model: fit.model\n'],
        ['- train ', '- fit '],
        ['from: train.', 'from: fit.'],
      ],
    ],
    [
      'a removed node and all that refers to it',
      { type: 'remove-nodes', ids: ['train'] },
      [
        [/ {2}train: .*\n/.exec(text)?.[0] ?? '', ''],
        ['      model: train.model\n', ''],
        ['      - train   # item comment\n', ''],
        ['outputs: {model: {from: train.model, saveAs: waf-model}}\n', ''],
      ],
    ],
  ])('%s', (_, one, changes) => {
    const expected = changes.reduce((all, [from, to]) => all.replace(from, to), text)
    expect(expected).not.toBe(text)
    expect(edit(text, one)).toBe(expected)
    expect(edit(text.replaceAll('\n', '\r\n'), one)).toBe(expected.replaceAll('\n', '\r\n'))
  })

  it('moving nodes changes no line of the text', () => {
    const moved = editWorkflow(text, none, [{ type: 'move-nodes', positions: { train: { x: 1, y: 2 } } }])
    expect(moved).toEqual({ text, layout: { version: 1, nodes: { train: { x: 1, y: 2 } } } })
    expect(editWorkflow('broken: [', none, [{ type: 'move-nodes', positions: {} }]).text).toBe('broken: [')
  })

  it('layout follows names and removals', () => {
    const layout: WorkflowLayout = { version: 1, nodes: { prepare: { x: 1, y: 1 }, train: { x: 2, y: 2 } } }
    const edits: WorkflowEdit[] = [
      { type: 'rename-node', id: 'train', to: 'fit' },
      { type: 'remove-nodes', ids: ['prepare'] },
      { type: 'add-node', id: 'x', node: { module: './x' }, at: { x: 3, y: 3 } },
    ]
    expect(editWorkflow(text, layout, edits).layout.nodes).toEqual({ fit: { x: 2, y: 2 }, x: { x: 3, y: 3 } })
  })

  it('swaps names, and removes one node while another takes its name', () => {
    const swapped = edit(
      text,
      { type: 'rename-node', id: 'train', to: 'tmp' },
      { type: 'rename-node', id: 'prepare', to: 'train' },
      { type: 'rename-node', id: 'tmp', to: 'prepare' },
    )
    expect(swapped).toContain('  # prepare comment\n  train: {module: ./prepare')
    const taken = edit(
      text,
      { type: 'remove-nodes', ids: ['prepare'] },
      { type: 'rename-node', id: 'train', to: 'prepare' },
    )
    expect(taken).toContain("  prepare:   {module: 'train-waf@1.2.0'")
  })

  it('starts from the new file, and can be emptied again', () => {
    const full = edit(newWorkflow(), {
      type: 'add-node',
      id: 'a',
      node: { module: './a', inputs: { x: { file: '../d ata.csv' } } },
    })
    expect(full).toBe(
      newWorkflow().replace('nodes: {}', 'nodes:\n  a:\n    module: ./a\n    inputs:\n      x: {file: ../d ata.csv}'),
    )
    expect(model(edit(full, { type: 'remove-nodes', ids: ['a'] })).nodes).toEqual({})
  })

  it('removing a workflow parameter or input takes its references along', () => {
    const without = model(
      edit(
        text,
        { type: 'set-parameter', name: 'lr', parameter: undefined },
        { type: 'set-input', name: 'raw', input: undefined },
      ),
    )
    expect(without).not.toHaveProperty('parameters')
    expect(without.nodes.train).not.toHaveProperty('with')
    expect(without.nodes.prepare).toEqual({ module: './prepare' })
  })

  it('a change of one place does not change another that shares it by an alias', () => {
    const shared =
      'apiVersion: secxops/v1\nkind: Workflow\nnodes:\n  a: {module: ./a, with: &w {lr: 1}} # c\n  b: {module: ./a, with: *w}\n'
    const changed = edit(shared, { type: 'set-value', id: 'a', name: 'lr', value: 2 })
    expect(model(changed).nodes).toEqual({
      a: { module: './a', with: { lr: 2 } },
      b: { module: './a', with: { lr: 1 } },
    })
    expect(changed).toContain('# c')
    expect(model(edit(shared, { type: 'set-value', id: 'b', name: 'lr', value: 2 })).nodes.a?.with).toEqual({ lr: 1 })
  })
})

describe('edits that cannot be done change nothing', () => {
  it.each<[string, string, WorkflowEdit, string]>([
    ['unknown node', text, { type: 'set-module', id: 'x', module: './x' }, 'unknown-node'],
    ['taken id', text, { type: 'add-node', id: 'train', node: { module: './x' } }, 'conflict'],
    ['taken name', text, { type: 'rename-node', id: 'train', to: 'prepare' }, 'conflict'],
    ['bad name', text, { type: 'rename-node', id: 'train', to: '../x' }, 'bad-workflow'],
    ['reserved name', text, { type: 'rename-node', id: 'train', to: 'constructor' }, 'bad-workflow'],
    ['bad module', text, { type: 'set-module', id: 'train', module: 'Bad Name' }, 'bad-workflow'],
    ['broken text', 'nodes: [', { type: 'set-module', id: 'train', module: './x' }, 'bad-workflow'],
  ])('%s', (_, source, one, code) => {
    expect(() => edit(source, one)).toThrow(expect.objectContaining({ body: expect.objectContaining({ code }) }))
  })
})

const ids = ['prepare', 'train', 'evaluate', 'a', 'b']
const id = fc.constantFrom(...ids)
const port = fc.constantFrom('raw', 'data', 'model')
const plain = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('a: b', '#c', 'x\ny\n', '- z', "it's", 'null', '3.11', '', '攻击 😀', '{', '\t', ' \n '),
)
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    plain,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      plain.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
})).value as fc.Arbitrary<never>
const node = fc.record(
  { module: fc.constantFrom('./m', '../n o', 'lib@1.0.0', 'lib'), description: plain },
  { requiredKeys: ['module'] },
)
const source = fc.oneof(
  fc.constantFrom('prepare.features', 'train.model', 'a.x', 'b.y'),
  fc.constantFrom({ dataset: 'waf@3' }, { input: 'raw' }, { model: 'm' }),
  plain.filter((file) => file.length > 0).map((file) => ({ file })),
)
const anyEdit: fc.Arbitrary<WorkflowEdit> = fc.oneof(
  fc.record({ type: fc.constant('add-node' as const), id, node }),
  fc.record({ type: fc.constant('remove-nodes' as const), ids: fc.uniqueArray(id, { minLength: 1, maxLength: 3 }) }),
  fc.record({ type: fc.constant('rename-node' as const), id, to: id }),
  fc.record({
    type: fc.constant('set-value' as const),
    id,
    name: fc.constantFrom('lr', 'k'),
    value: fc.option(json, { nil: undefined }),
  }),
  fc.record({ type: fc.constant('connect' as const), id, port, source }),
  fc.record({ type: fc.constant('disconnect' as const), id, port }),
  fc.record({ type: fc.constant('set-after' as const), id, after: fc.uniqueArray(id) }),
  fc.record({
    type: fc.constant('set-node-field' as const),
    id,
    field: fc.constant('resources' as const),
    value: fc.constantFrom({ cpu: 2, memory: '1Gi' }, { gpu: 1 }, undefined),
  }),
  fc.record({
    type: fc.constant('set-parameter' as const),
    name: fc.constantFrom('lr', 'p'),
    parameter: fc.constantFrom({ type: 'number' as const, default: 1 }, undefined),
  }),
  fc.record({
    type: fc.constant('set-output' as const),
    name: fc.constantFrom('model', 'o'),
    output: fc.constantFrom({ from: 'train.model', saveAs: 'x' }, undefined),
  }),
)
const starts = [
  text,
  newWorkflow(),
  text.replaceAll('\n', '\r\n'),
  'apiVersion: secxops/v1\nkind: Workflow\nnodes: {a: {module: ./a}, b: {module: ./b, inputs: {data: a.x}}}',
  'kind: Workflow\napiVersion: secxops/v1\nnodes:\n    a:\n        module: ./a\n\n    b:\n        after:\n        - a\n        module: ./b',
]

/** Lawful YAML as nobody should write it. */
const odd = [
  `{"apiVersion": "secxops/v1", "kind": "Workflow",\n "nodes": {"a": {"module": "./a", "with": {"lr": 1}}}}\n`,
  `---\n# head comment\napiVersion: secxops/v1\nkind: Workflow\n"nodes" :\n  ? a\n  : module: ./a\n  b : {module: ./b,\n      # x\n      inputs: {raw: {dataset: waf}, # x\n        data: a.x}, after: [a, # x\n        b] # x\n  }\n# end comment\n...\n`,
  `\uFEFFapiVersion: secxops/v1\nkind: Workflow\nnodes: {\n  # x\n  a: {module: ./a}, # x\n  b: !!map {module: !!str ./b, with: &w {lr: 1}, },\n  train: {module: ./t, with: *w}\n}\n`,
]

it('walks of random edits keep the file valid, say what the model says, and lose no comment', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...starts, ...odd),
      fc.array(fc.array(anyEdit, { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
      (start, steps) => {
        let now = start
        for (const edits of steps) {
          const before = model(now)
          const state = startEdits(before, none)
          try {
            for (const one of edits) applyEdit(state, one)
          } catch (error) {
            expect(error).toBeInstanceOf(SecxopsError)
            expect(() => edit(now, ...edits)).toThrow(SecxopsError)
            continue
          }
          const next = edit(now, ...edits)
          expect(sameJson(model(next), state.workflow)).toBe(true)
          if (start.includes('\r\n')) expect(next.replaceAll('\r\n', '')).not.toContain('\n')
          now = next
        }
        // Comments inside a removed entry go with it; these stand on lines of their own outside of every entry.
        for (const comment of ['# head comment', '# outputs comment', '# end comment'])
          expect(now.includes(comment)).toBe(start.includes(comment))
      },
    ),
    { numRuns: 300 },
  )
})

it('edits that remove nothing lose no comment at all', () => {
  const adding = anyEdit.filter(
    ({ type }) => type === 'add-node' || type === 'connect' || type === 'set-value' || type === 'rename-node',
  )
  const comments = text.match(/# .*/g) ?? []
  fc.assert(
    fc.property(fc.array(adding, { maxLength: 8 }), (edits) => {
      let now = text
      for (const one of edits) {
        if ('value' in one && one.value === undefined) continue
        try {
          now = edit(now, one)
        } catch (error) {
          expect(error).toBeInstanceOf(SecxopsError)
        }
      }
      for (const comment of comments) expect(now).toContain(comment)
    }),
    { numRuns: 200 },
  )
})

describe('problems of a broken file', () => {
  it('carry path, line, column and field', () => {
    const { workflow, problems } = parseWorkflow(
      text.replace('module: ./prepare', 'modul: ./prepare'),
      '/w.workflow.yaml',
    )
    expect(workflow).toBeUndefined()
    expect(problems).toMatchObject([
      {
        message: 'nodes.prepare.module: missing. Expected text.',
        where: { path: '/w.workflow.yaml', line: 8, column: 3 },
      },
      {
        message: expect.stringContaining('Did you mean "module"?'),
        where: { line: 8, column: 13, field: 'nodes.prepare.modul' },
      },
    ])
  })

  it('names a second source of a port', () => {
    const twice = text.replace('model: train.model', 'data: train.model')
    expect(parseWorkflow(twice).problems[0]?.message).toContain('The key "data" stands here a second time')
  })

  it('locate finds a field', () => {
    expect(locate(text, 'nodes.evaluate.inputs.data')).toEqual({ line: 17, column: 7 })
    expect(locate('a: [', 'a')).toBeUndefined()
  })
})
