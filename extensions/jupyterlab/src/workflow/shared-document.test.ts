import { YFile } from '@jupyter/ydoc'
import { expect, test } from 'vitest'
import { SharedWorkflow } from './shared-document.ts'

const TEXT = `# detects phishing
apiVersion: secxops/v1
kind: Workflow
nodes:
  train: # the model
    module: ./train
`

function open(changed = (): void => undefined): { file: YFile; shared: SharedWorkflow } {
  const file = new YFile()
  file.setSource(TEXT)
  file.clearUndoHistory()
  file.dirty = false
  return { file, shared: new SharedWorkflow(file, 'Edit text', changed) }
}

test('moves and edits stand in one undo order, each one step with its name', () => {
  const { shared } = open()
  shared.edit([{ type: 'move-nodes', positions: { train: { x: 10, y: 20 } } }], 'Move train')
  shared.edit([{ type: 'set-value', id: 'train', name: 'lr', value: 0.1 }], 'Set lr')
  shared.edit([{ type: 'move-nodes', positions: { train: { x: 30, y: 20 } } }], 'Move train again')
  expect(shared.labels.undo).toBe('Move train again')
  shared.undo()
  expect(shared.layout.nodes.train).toEqual({ x: 10, y: 20 })
  expect(shared.labels.undo).toBe('Set lr')
  expect(shared.labels.redo).toBe('Move train again')
  shared.undo()
  expect(shared.text).toBe(TEXT)
  shared.undo()
  expect(shared.layout.nodes).toEqual({})
  expect(shared.labels.undo).toBeUndefined()
  shared.redo()
  shared.redo()
  expect(shared.text).toContain('lr: 0.1')
  expect(shared.labels.redo).toBe('Move train again')
})

test('a move changes no letter of the text and does not make the document dirty', () => {
  const { file, shared } = open()
  shared.edit([{ type: 'move-nodes', positions: { train: { x: 1, y: 2 } } }], 'Move train')
  shared.undo()
  shared.redo()
  expect(file.getSource()).toBe(TEXT)
  expect(file.dirty).toBe(false)
})

test('an edit keeps comments and makes the document dirty, also when it is undone', () => {
  const { file, shared } = open()
  shared.edit([{ type: 'rename-node', id: 'train', to: 'fit' }], 'Rename train')
  expect(file.getSource()).toContain('fit: # the model')
  expect(file.dirty).toBe(true)
  file.dirty = false
  shared.undo()
  expect(file.getSource()).toBe(TEXT)
  expect(file.dirty).toBe(true)
})

test('typing in the text view is a step of its own in the same order', () => {
  const { file, shared } = open()
  shared.edit([{ type: 'move-nodes', positions: { train: { x: 1, y: 2 } } }], 'Move train')
  file.updateSource(0, 0, '# typed\n')
  expect(shared.labels.undo).toBe('Edit text')
  shared.undo()
  expect(file.getSource()).toBe(TEXT)
  expect(shared.labels.undo).toBe('Move train')
})

test('positions read from disk make no undo step', () => {
  const { file, shared } = open()
  shared.loadLayout({ version: 1, nodes: { train: { x: 5, y: 6 } } })
  expect(shared.layout.nodes).toEqual({ train: { x: 5, y: 6 } })
  expect(shared.labels.undo).toBeUndefined()
  expect(file.dirty).toBe(false)
})

test('whoever listens sees the new undo step, although the text changes before the stack does', () => {
  const seen: (string | undefined)[] = []
  const { shared } = open(() => seen.push(shared.labels.undo))
  shared.edit([{ type: 'move-nodes', positions: { train: { x: 1, y: 2 } } }], 'Move train')
  expect(seen.at(-1)).toBe('Move train')
  shared.undo()
  expect(seen.at(-1)).toBeUndefined()
})
