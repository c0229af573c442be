import type { WorkflowEdit } from '@secxops/protocol/workflow'
import { parseWorkflow } from '@secxops/protocol/workflow-document'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FakeBuffer } from './testing/fake-buffer.ts'
import { WorkflowModel } from './workflow-model.ts'

const TEXT = `# a comment
apiVersion: secxops/v1
kind: Workflow
nodes:
  a: {module: ./a}   # first
  b:
    module: ./b
    inputs: {data: a.out}
`

function open(text = TEXT, lineEnd: '\n' | '\r\n' = '\n') {
  const buffer = new FakeBuffer(text, lineEnd)
  const model = new WorkflowModel(buffer, { unnamedStep: 'Edit text', layoutChanged: () => undefined })
  buffer.changed = (reason) => model.textChanged(reason)
  return { buffer, model }
}

const move = (id: string, x: number): WorkflowEdit => ({ type: 'move-nodes', positions: { [id]: { x, y: 0 } } })
const rename = (id: string, to: string): WorkflowEdit => ({ type: 'rename-node', id, to })

test('moves and edits stand in one undo order, and a move changes no byte', async () => {
  const { buffer, model } = open()
  await model.edit([move('a', 10)], 'Move a')
  expect(buffer.text()).toBe(TEXT)
  await model.edit([rename('a', 'c')], 'Rename a')
  await model.edit([move('c', 20)], 'Move c')
  expect(model.state()).toMatchObject({ undo: 'Move c', dirty: true })
  await model.undo()
  expect(model.layout.nodes).toEqual({ c: { x: 10, y: 0 } })
  await model.undo()
  expect(buffer.text()).toBe(TEXT)
  expect(model.layout.nodes).toEqual({ a: { x: 10, y: 0 } })
  expect(model.state()).toMatchObject({ undo: 'Move a', redo: 'Rename a', dirty: false })
  await model.undo()
  expect(model.layout.nodes).toEqual({})
  for (const _ of [1, 2, 3]) await model.redo()
  expect(Object.keys(model.state().workflow.nodes)).toEqual(['c', 'b'])
  expect(model.layout.nodes).toEqual({ c: { x: 20, y: 0 } })
})

test('undo of the editor passes by newer moves and takes back the places that its own step gave', async () => {
  const { buffer, model } = open()
  await model.edit([rename('a', 'c')], 'Rename a')
  await model.edit([move('b', 30)], 'Move b')
  await buffer.undo()
  expect(buffer.text()).toBe(TEXT)
  expect(model.state()).toMatchObject({ undo: 'Move b', redo: 'Rename a' })
  expect(model.layout.nodes).toEqual({ b: { x: 30, y: 0 } })
  await model.undo()
  expect(model.layout.nodes).toEqual({})
})

test('what is typed in the text view is undone from the canvas as the editor groups it', async () => {
  const { buffer, model } = open()
  await model.edit([move('a', 5)], 'Move a')
  buffer.type(`${TEXT}#`)
  buffer.type(`${TEXT}# x`)
  expect(model.state().undo).toBe('Edit text')
  await model.undo()
  expect(buffer.text()).toBe(TEXT)
  expect(model.state()).toMatchObject({ undo: 'Move a', redo: 'Edit text' })
  await model.redo()
  expect(buffer.text()).toBe(`${TEXT}# x`)
})

test('broken text keeps the last good graph and says where; edits are refused without a change', async () => {
  const { buffer, model } = open()
  buffer.type(TEXT.replace('./b', '{'))
  expect(model.state()).toMatchObject({ broken: true, workflow: { nodes: { a: {}, b: {} } } })
  expect(model.state().problems[0]?.where?.line).toBeGreaterThan(0)
  const broken = buffer.text()
  await expect(model.edit([rename('a', 'c')], 'Rename')).rejects.toMatchObject({ body: { code: 'bad-workflow' } })
  expect(buffer.text()).toBe(broken)
  expect(model.state().undo).toBe('Edit text')
})

test('an edit is tried again when somebody else was typing, and told when the editor refuses for good', async () => {
  const { buffer, model } = open()
  buffer.refusals = 2
  await model.edit([rename('a', 'c')], 'Rename a')
  expect(model.state().undo).toBe('Rename a')
  buffer.refusals = 3
  await expect(model.edit([rename('c', 'd')], 'Rename c')).rejects.toMatchObject({ body: { code: 'conflict' } })
  expect(Object.keys(model.state().workflow.nodes)).toEqual(['c', 'b'])
})

test('edits that are asked for at once are done one after the other', async () => {
  const { model } = open()
  await Promise.all([
    model.edit([rename('a', 'x')], '1'),
    model.edit([rename('x', 'y')], '2'),
    model.undo(),
    model.edit([rename('x', 'z')], '3'),
  ])
  expect(Object.keys(model.state().workflow.nodes)).toEqual(['z', 'b'])
})

test('what was typed before the canvas came can be undone from it', async () => {
  const buffer = new FakeBuffer(TEXT)
  buffer.type(`${TEXT}# typed`)
  const model = new WorkflowModel(buffer, { unnamedStep: 'Edit text', layoutChanged: () => undefined })
  buffer.changed = (reason) => model.textChanged(reason)
  expect(model.state().undo).toBe('Edit text')
  await model.undo()
  expect(buffer.text()).toBe(TEXT)
})

test('a text beyond the limit is not sent on, and is still there', () => {
  const long = `${TEXT}# ${'x'.repeat(10_000_000)}\n`
  const { buffer, model } = open(long)
  expect(model.state()).toMatchObject({ broken: true, text: '' })
  expect(model.state().problems[0]?.message).toContain('characters')
  expect(buffer.text()).toBe(long)
})

/** Something that a person does to the document in one of its views. */
type Deed =
  | { do: 'move'; x: number }
  | { do: 'add' | 'remove' | 'rename' | 'undo' | 'redo' | 'menu-undo' | 'menu-redo'; pick: number }
  | { do: 'type'; broken: boolean }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constant('move' as const), x: fc.integer({ min: -500, max: 500 }) }),
  fc.record({
    do: fc.constantFrom('add' as const, 'remove', 'rename', 'undo', 'redo', 'menu-undo', 'menu-redo'),
    pick: fc.nat(20),
  }),
  fc.record({ do: fc.constant('type' as const), broken: fc.boolean() }),
)

async function perform({ buffer, model }: ReturnType<typeof open>, one: Deed): Promise<void> {
  const ids = Object.keys(model.state().workflow.nodes)
  const id = ids['pick' in one ? one.pick % Math.max(1, ids.length) : 0]
  const edit = (edits: WorkflowEdit[]): Promise<void> => model.edit(edits, one.do).catch(() => undefined)
  if (one.do === 'undo') return model.undo()
  if (one.do === 'redo') return model.redo()
  if (one.do === 'menu-undo') return buffer.undo()
  if (one.do === 'menu-redo') return buffer.redo()
  if (one.do === 'type') return buffer.type(one.broken ? `${buffer.text()}: [` : `${buffer.text()}# typed\n`)
  if (one.do === 'add')
    return edit([{ type: 'add-node', id: `n${one.pick}`, node: { module: './n' }, at: { x: one.pick, y: 1 } }])
  if (id === undefined) return
  if (one.do === 'move') return edit([move(id, one.x)])
  return edit([one.do === 'remove' ? { type: 'remove-nodes', ids: [id] } : rename(id, `r${one.pick}`)])
}

test.each(['\n', '\r\n'] as const)(
  'whatever is done, the model is the parse of the text, and undoing all restores every byte (%j)',
  async (lineEnd) => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 25 }), async (deeds) => {
        const opened = open(TEXT, lineEnd)
        const { buffer, model } = opened
        const original = buffer.text()
        for (const one of deeds) {
          await perform(opened, one)
          const { workflow } = parseWorkflow(buffer.text())
          const { broken, text, workflow: shown } = model.state()
          expect(text).toBe(buffer.text())
          expect(broken).toBe(workflow === undefined)
          if (workflow) expect(shown).toEqual(workflow)
        }
        for (let left = 0; left < 200 && model.state().undo !== undefined; left++) await model.undo()
        expect(model.state().undo).toBeUndefined()
        expect(buffer.text()).toBe(original)
      }),
      { numRuns: 150 },
    )
  },
)
