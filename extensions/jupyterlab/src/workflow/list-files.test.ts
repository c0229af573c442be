import type { Contents } from '@jupyterlab/services'
import { Signal } from '@lumino/signaling'
import { describe, expect, test, vi } from 'vitest'
import { pathMap } from '../host/paths.ts'
import { workspaceFiles } from './list-files.ts'

/** Contents manager over a tree of files: contents path → text. */
function contentsOf(files: Record<string, string>): {
  contents: Contents.IManager
  changed: Signal<Contents.IManager, Contents.IChangedArgs>
  listed: string[]
} {
  const listed: string[] = []
  const model = (path: string, type: string, content: unknown = null) => ({
    path,
    name: path.replace(/.*\//, ''),
    type,
    content,
  })
  const contents = {
    async get(path: string, { type }: { type?: string }) {
      if (type === 'file') return model(path, 'file', files[path])
      listed.push(path)
      const prefix = path === '' ? '' : `${path}/`
      const inside = Object.keys(files).filter((file) => file.startsWith(prefix))
      const names = new Set(inside.map((file) => file.slice(prefix.length).split('/')[0] ?? ''))
      return model(
        path,
        'directory',
        [...names].map((name) => model(prefix + name, prefix + name in files ? 'file' : 'directory')),
      )
    },
  } as unknown as Contents.IManager
  const changed = new Signal<Contents.IManager, Contents.IChangedArgs>(contents)
  Object.assign(contents, { fileChanged: changed })
  return { contents, changed, listed }
}

const FILES = {
  'phishing/phishing.workflow.yaml': '',
  'phishing/prepare/module.yaml': 'apiVersion: secxops/v1\nkind: Module\nname: "prepare-mails"\n',
  'phishing/prepare/prepare.ipynb': '',
  'tools/train.module.yaml': 'kind: Module\n',
  'tools/train.py': '',
  'tools/lost.module.yaml': 'name: lost\n',
  'node_modules/x/module.yaml': 'name: hidden\n',
}

describe('files of the workspace', () => {
  test('modules are named by their file or place and know their source; both lists share one search', async () => {
    const { contents, listed } = contentsOf(FILES)
    const lists = workspaceFiles(contents, pathMap({ root: '/w' }), new Signal({}))
    const [workflows, modules] = await Promise.all([lists.workflows.list(), lists.modules.list()])
    expect(workflows).toEqual([{ path: '/w/phishing/phishing.workflow.yaml', name: 'phishing', place: './phishing' }])
    expect(modules).toEqual([
      {
        path: '/w/phishing/prepare/module.yaml',
        name: 'prepare-mails',
        place: './phishing/prepare',
        source: '/w/phishing/prepare',
      },
      { path: '/w/tools/lost.module.yaml', name: 'lost', place: './tools/lost' },
      { path: '/w/tools/train.module.yaml', name: 'train', place: './tools/train', source: '/w/tools/train.py' },
    ])
    expect(listed.filter((path) => path === '')).toHaveLength(1)
  })

  test('a module that the backend writes is told to the list of modules alone', () => {
    const { contents } = contentsOf(FILES)
    const written = new Signal<unknown, string>({})
    const lists = workspaceFiles(contents, pathMap({ root: '/w' }), written)
    const [workflow, module] = [vi.fn(), vi.fn()]
    lists.workflows.onChange(workflow)
    const stop = lists.modules.onChange(module)
    written.emit('phishing/train/module.yaml')
    expect([workflow, module].map((each) => each.mock.calls.length)).toEqual([0, 1])
    stop()
    written.emit('phishing/train/module.yaml')
    expect(module).toHaveBeenCalledTimes(1)
  })

  test('a removed folder lists again, a saved file of another kind does not', () => {
    const { contents, changed } = contentsOf(FILES)
    const lists = workspaceFiles(contents, pathMap({ root: '/w' }), new Signal({}))
    const module = vi.fn()
    lists.modules.onChange(module)
    changed.emit({ type: 'save', oldValue: null, newValue: { path: 'a.txt' } })
    expect(module).not.toHaveBeenCalled()
    changed.emit({ type: 'delete', oldValue: { path: 'phishing/prepare' }, newValue: null })
    changed.emit({ type: 'save', oldValue: null, newValue: { path: 'b/module.yaml' } })
    expect(module).toHaveBeenCalledTimes(2)
  })
})
