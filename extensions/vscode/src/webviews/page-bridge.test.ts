import type { Client, ClientListener } from '@secxops/client/client'
import type { WorkflowDocumentState } from '@secxops/panels/host'
import type { FileEntry } from '@secxops/panels/sidebar/model'
import type { ServerEvent } from '@secxops/protocol/events'
import type { WorkflowEdit } from '@secxops/protocol/workflow'
import { expect, test, vi } from 'vitest'
import type { EditorHost } from '../core.ts'
import { MirrorDocument } from '../pages/mirror-document.ts'
import { ModuleList } from '../pages/module-list.ts'
import type { PagePeer } from '../pages/page-peer.ts'
import type { HostSide, PageSide } from './contract.ts'
import { PageBridge } from './page-bridge.ts'
import { Peer } from './peer.ts'

const STATE: WorkflowDocumentState = {
  path: '/w/a.workflow.yaml',
  text: 'one',
  workflow: { apiVersion: 'secxops/v1', kind: 'Workflow', nodes: { a: { module: './a' } } },
  broken: false,
  problems: [],
  layout: { version: 1, nodes: {} },
  dirty: false,
  conflict: false,
}
const EVENT: ServerEvent = { type: 'module', name: 'm', version: '1.0.0' }
const move: WorkflowEdit = { type: 'move-nodes', positions: { a: { x: 7, y: 8 } } }

/** A bridge, a scripted backend, and the way to load pages into its webview. */
function open() {
  const listeners = new Set<ClientListener>()
  const stopped = vi.fn()
  const edited: { edits: WorkflowEdit[]; done(): void; fail(error: Error): void }[] = []
  const client = {
    connection: { state: 'open', version: '1' },
    call: (_: string, __: unknown, { signal }: { signal: AbortSignal }) =>
      new Promise(() => signal.addEventListener('abort', stopped)),
    subscribe: (listener: ClientListener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  } as unknown as Client
  let page: PagePeer | undefined
  const entries: FileEntry[] = []
  const watchers = new Set<() => void>()
  const bridge = new PageBridge({
    post: (message) => {
      const copy = JSON.parse(JSON.stringify(message))
      queueMicrotask(() => page?.receive(copy))
    },
    host: { locale: 'en', workspace: '/w', promptText: vi.fn() } as unknown as EditorHost,
    client,
    restricted: () => undefined,
    links: () => undefined,
    shown: () => ({ document: STATE }),
    document: {
      edit: (edits) => new Promise((done, fail) => edited.push({ edits, done, fail })),
      undo: () => undefined,
      redo: () => undefined,
      save: async () => undefined,
      openText: () => undefined,
    },
    modules: {
      list: async () => entries,
      onChange: (listener) => {
        watchers.add(listener)
        return () => watchers.delete(listener)
      },
    },
  })
  const load = () => {
    const heard: ServerEvent[] = []
    let document: MirrorDocument | undefined
    let modules: ModuleList | undefined
    const peer: PagePeer = new Peer<PageSide, HostSide>(
      (message) => {
        const copy = JSON.parse(JSON.stringify(message))
        queueMicrotask(() => bridge.receive(copy))
      },
      {
        handlers: { check: () => null, add: () => true },
        listeners: {
          connection: () => undefined,
          events: (events) => heard.push(...events),
          document: (change) => document?.changed(change),
          modules: () => modules?.changed(),
          address: () => undefined,
          task: () => undefined,
          text: () => undefined,
        },
      },
    )
    page = peer
    modules = new ModuleList(peer)
    const start = async (): Promise<MirrorDocument> => {
      peer.tell('hello', null)
      const { shown } = await peer.request('ready', {}, { deadline: 1000 })
      if (!('document' in shown)) throw new Error('no document')
      document = new MirrorDocument(peer, shown.document)
      return document
    }
    return { peer, heard, start, modules }
  }
  const emit = (event: ServerEvent): void => {
    for (const listener of listeners) listener.event?.(event)
  }
  const write = (entry: FileEntry): void => {
    entries.push(entry)
    for (const watcher of watchers) watcher()
  }
  return { bridge, load, emit, listeners, stopped, edited, write, watchers }
}

test('a page that loads late gets the whole picture, and nothing is sent before it asks', async () => {
  const { bridge, load, emit, listeners } = open()
  emit(EVENT)
  bridge.changed({ set: { text: 'two' }, gone: [] })
  expect(listeners.size).toBe(0)
  const { start, heard } = load()
  expect((await start()).state()).toEqual(STATE)
  expect(heard).toEqual([])
  emit(EVENT)
  await vi.waitFor(() => expect(heard).toEqual([EVENT]))
})

test('a page that is loaded again ends what its predecessor had asked for', async () => {
  const { load, listeners, stopped } = open()
  const first = load()
  await first.start()
  void first.peer.request('call', { route: 'runs.list', input: {} }, { deadline: null })
  await new Promise((resolve) => setImmediate(resolve))
  const second = load()
  await second.start()
  expect(stopped).toHaveBeenCalledOnce()
  expect(listeners.size).toBe(1)
})

test('a hidden page is told nothing until it is there again', async () => {
  const { bridge, load, emit, listeners } = open()
  const { start, heard } = load()
  await start()
  bridge.unload()
  emit(EVENT)
  expect(listeners.size).toBe(0)
  expect(heard).toEqual([])
  // What is added meanwhile is taken when it is there.
  const added = bridge.add({ kind: 'path', path: '/w/x.csv' })
  await load().start()
  expect(await added).toBe(true)
})

test('an edit is shown at once, counts as unsaved, and stays when the host has it', async () => {
  const { bridge, load, edited } = open()
  const document = await load().start()
  document.edit([move], 'Move a')
  expect(document.state()).toMatchObject({ layout: { nodes: { a: { x: 7, y: 8 } } }, dirty: true })
  await vi.waitFor(() => expect(edited).toHaveLength(1))
  bridge.changed({ set: { layout: { version: 1, nodes: { a: { x: 7, y: 8 } } }, undo: 'Move a' }, gone: [] })
  edited[0]?.done()
  await vi.waitFor(() => expect(document.state().dirty).toBe(false))
  expect(document.state()).toMatchObject({ layout: { nodes: { a: { x: 7, y: 8 } } }, undo: 'Move a' })
})

test('an edit that the host refuses is taken back', async () => {
  const { load, edited } = open()
  const document = await load().start()
  document.edit([{ type: 'rename-node', id: 'a', to: 'b' }], 'Rename')
  expect(Object.keys(document.state().workflow.nodes)).toEqual(['b'])
  await vi.waitFor(() => expect(edited).toHaveLength(1))
  edited[0]?.fail(new Error('read-only'))
  await vi.waitFor(() => expect(Object.keys(document.state().workflow.nodes)).toEqual(['a']))
})

test('a value that went away goes away in the page too', async () => {
  const { bridge, load } = open()
  const document = await load().start()
  bridge.changed({ set: { undo: 'Move a' }, gone: [] })
  await vi.waitFor(() => expect(document.state().undo).toBe('Move a'))
  bridge.changed({ set: {}, gone: ['undo'] })
  await vi.waitFor(() => expect('undo' in document.state()).toBe(false))
})

test('a page hears of a module file that came, lists it, and is not told after it went away', async () => {
  const { bridge, load, write, watchers } = open()
  const { start, modules } = load()
  await start()
  expect(await modules.list()).toEqual([])
  const changed = vi.fn()
  modules.onChange(changed)
  const entry = { path: '/w/prepare/module.yaml', name: 'prepare', place: './prepare' }
  write(entry)
  await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce())
  expect(await modules.list()).toEqual([entry])
  bridge.unload()
  expect(watchers.size).toBe(0)
})
