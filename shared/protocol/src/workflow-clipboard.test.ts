import { describe, expect, it } from 'vitest'
import type { ModuleFile } from './module.ts'
import { newWorkflow } from './new-workflow.ts'
import type { WorkflowFile } from './workflow.ts'
import { copyNodes, pasteNodes } from './workflow-clipboard.ts'
import { editWorkflow, parseWorkflow } from './workflow-document.ts'

const none = { version: 1 as const, nodes: {} }
const workflow: WorkflowFile = {
  apiVersion: 'secxops/v1',
  kind: 'Workflow',
  parameters: { lr: { type: 'number', default: 1 } },
  inputs: { raw: { type: 'dataset' } },
  nodes: {
    prepare: { module: './prepare', inputs: { raw: { input: 'raw' } } },
    train: {
      module: './train',
      with: { lr: { parameter: 'lr' }, token: 'hunter2', n: 3 },
      inputs: { data: 'prepare.features' },
      after: ['prepare'],
    },
    evaluate: {
      module: './evaluate',
      inputs: { model: 'train.model', data: 'prepare.features', notes: { file: 'n.md' } },
    },
  },
}
const modules: Record<string, ModuleFile> = {
  train: {
    apiVersion: 'secxops/v1',
    kind: 'Module',
    name: 'train',
    start: 'x',
    parameters: { token: { type: 'secret' }, lr: { type: 'number' }, n: { type: 'integer' } },
  },
}

describe('copy and paste', () => {
  it('keeps inner connections, drops outer ones, and gives free ids', () => {
    const text = copyNodes(workflow, ['train', 'evaluate'], modules)
    const { edits, ids } = pasteNodes(workflow, text)
    expect(ids).toEqual(['train-2', 'evaluate-2'])
    expect(edits).toMatchObject([
      { id: 'train-2', node: { module: './train', with: { lr: { parameter: 'lr' }, n: 3 } } },
      { id: 'evaluate-2', node: { module: './evaluate', inputs: { model: 'train-2.model', notes: { file: 'n.md' } } } },
    ])
    expect(JSON.stringify(edits)).not.toContain('prepare')
  })

  it('secret values do not travel', () => {
    expect(copyNodes(workflow, ['train'], modules)).not.toContain('hunter2')
  })

  it('into another workflow: what refers to its missing parameters and inputs is left out', () => {
    const empty = parseWorkflow(newWorkflow()).workflow as WorkflowFile
    const { edits } = pasteNodes(empty, copyNodes(workflow, ['prepare', 'train'], modules))
    const { text } = editWorkflow(newWorkflow(), none, edits)
    expect(parseWorkflow(text).workflow?.nodes).toEqual({
      prepare: { module: './prepare' },
      train: { module: './train', with: { n: 3 }, inputs: { data: 'prepare.features' }, after: ['prepare'] },
    })
  })

  it('positions come along, moved to where they are pasted', () => {
    const layout = { version: 1 as const, nodes: { prepare: { x: 100, y: 50 }, train: { x: 400, y: 80 } } }
    const text = copyNodes(workflow, ['prepare', 'train'], modules, layout)
    const at = (place?: { x: number; y: number }) =>
      pasteNodes(workflow, text, place).edits.map((edit) => 'at' in edit && edit.at)
    expect(at()).toEqual([
      { x: 100, y: 50 },
      { x: 400, y: 80 },
    ])
    expect(at({ x: 0, y: 0 })).toEqual([
      { x: 0, y: 0 },
      { x: 300, y: 30 },
    ])
  })

  it('takes the text of a whole workflow file too', () => {
    const { text } = editWorkflow(newWorkflow(), none, [{ type: 'add-node', id: 'a', node: { module: './a' } }])
    expect(pasteNodes(workflow, text).ids).toEqual(['a'])
  })

  it.each(['', 'hello', 'nodes: 3', 'nodes: {"../x": {module: ./x}}', '['])('refuses %j', (text) => {
    expect(() => pasteNodes(workflow, text)).toThrow(/holds no nodes/)
  })
})
