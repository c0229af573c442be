import type { Contents } from '@jupyterlab/services'
import { expect, test } from 'vitest'
import { followWorkflow, originalOf } from './follow-renames.ts'

/** Contents of one folder; records what was asked. */
function folder(files: Record<string, string>): { contents: Contents.IManager; files: Record<string, string> } {
  const contents = {
    get: async (path: string) =>
      path === '' ? { content: Object.keys(files).map((name) => ({ name })) } : { path, content: files[path] },
    rename: async (from: string, to: string) => {
      files[to] = files[from] ?? ''
      delete files[from]
    },
    save: async (path: string, model: { content: string }) => {
      files[path] = model.content
    },
  }
  return { contents: contents as unknown as Contents.IManager, files }
}

const change = (type: 'rename' | 'new', from: string | null, to: string): Contents.IChangedArgs => ({
  type,
  oldValue: from === null ? null : { path: from },
  newValue: { path: to },
})

test('a renamed workflow takes its layout along', async () => {
  const { contents, files } = folder({ 'a.workflow.layout.json': 'L' })
  await followWorkflow(contents, change('rename', 'a.workflow.yaml', 'b.workflow.yaml'))
  expect(files).toEqual({ 'b.workflow.layout.json': 'L' })
})

test('a duplicate gets a copy of the layout', async () => {
  const { contents, files } = folder({ 'a.workflow.layout.json': 'L' })
  await followWorkflow(contents, change('new', null, 'a-Copy1.workflow.yaml'))
  expect(files).toEqual({ 'a.workflow.layout.json': 'L', 'a-Copy1.workflow.layout.json': 'L' })
})

test('a workflow that was copied and pasted into another folder gets a copy of the layout', async () => {
  const { contents, files } = folder({ 'a.workflow.layout.json': 'L' })
  await followWorkflow(contents, change('new', null, 'other/a.workflow.yaml'), ['b.txt', 'a.workflow.yaml'])
  await followWorkflow(contents, change('new', null, 'other/new.workflow.yaml'), ['a.workflow.yaml'])
  expect(files).toEqual({ 'a.workflow.layout.json': 'L', 'other/a.workflow.layout.json': 'L' })
  expect(originalOf('other/a-Copy2.workflow.yaml', ['x/a.workflow.yaml'])).toBe('x/a.workflow.yaml')
  expect(originalOf('x/a.workflow.yaml', ['x/a.workflow.yaml'])).toBeUndefined()
})

test('nothing is made where there is no layout, and other files are left alone', async () => {
  const { contents, files } = folder({ 'a.layout.json': 'other' })
  await followWorkflow(contents, change('rename', 'a.workflow.yaml', 'b.workflow.yaml'))
  await followWorkflow(contents, change('rename', 'a.yaml', 'b.yaml'))
  expect(files).toEqual({ 'a.layout.json': 'other' })
})

test('the original of a duplicate is found by JupyterLab’s naming', () => {
  expect(originalOf('x/a-Copy12.workflow.yml')).toBe('x/a.workflow.yml')
  expect(originalOf('a.workflow.yaml')).toBeUndefined()
})
