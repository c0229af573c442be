import { expect, test } from 'vitest'
import { type DragData, mayHold, readDrag } from './dragged.ts'

const drag = (data: Record<string, string>): DragData => ({
  types: Object.keys(data),
  getData: (type) => data[type] ?? '',
})

test('files of the explorer, also of a remote machine, are paths', () => {
  const data = drag({ 'text/uri-list': 'vscode-remote://host:1/w/a%20b.csv\r\n# note\r\nfile:///w/c.py\r\n' })
  expect(mayHold(data)).toBe(true)
  expect(readDrag(data)).toEqual([
    { kind: 'path', path: '/w/a b.csv' },
    { kind: 'path', path: '/w/c.py' },
  ])
})

test('rows of the trees say what they stand for, whatever else the editor puts beside', () => {
  const row = JSON.stringify({ kind: 'artifact', artifact: 'dataset', name: 'waf', version: 3 })
  const data = drag({
    'text/uri-list': 'file:///w/module.yaml',
    'application/vnd.code.tree.secxops.datasets': JSON.stringify({ id: 'x', itemHandles: [`1/${row}`] }),
  })
  expect(readDrag(data)).toEqual([{ kind: 'artifact', artifact: 'dataset', name: 'waf', version: 3 }])
})

test('what is none of ours is nothing, and breaks nothing', () => {
  expect(mayHold(drag({ 'text/plain': 'x' }))).toBe(false)
  expect(readDrag(drag({ 'text/uri-list': 'https://example.com/x\nnot a uri' }))).toEqual([])
  expect(readDrag(drag({ 'application/vnd.code.tree.other': '{"itemHandles":["0/0:label","1/{bad"]}' }))).toEqual([])
})
