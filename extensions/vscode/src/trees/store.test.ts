import type { Client, ClientListener } from '@secxops/client/client'
import type { RunSummary } from '@secxops/protocol/run'
import { expect, test, vi } from 'vitest'
import { type ListName, Store } from './store.ts'

const run = (id: string, seq: number, state: RunSummary['state'] = 'running'): RunSummary =>
  ({ id, seq, state, path: '/w/a.workflow.yaml', workflow: 'a', createdAt: id, counts: {} }) as RunSummary

/** A store over a scripted client: `answers` by route, asked each time; `tell` plays the backend's events. */
function storeOf(answers: Record<string, () => unknown>): {
  store: Store
  changed: ListName[]
  tell: ClientListener
  files: { change(): void; found: string[] }
} {
  let tell: ClientListener = {}
  const files = { change: (): void => undefined, found: ['/w/a.workflow.yaml'] }
  const client = {
    call: async (route: string) => answers[route]?.(),
    subscribe(listener: ClientListener) {
      tell = listener
      return () => undefined
    },
  } as unknown as Client
  const changed: ListName[] = []
  const workflows = {
    near: async () => files.found.slice(0, 1).map((path) => ({ path, name: path })),
    list: async () => files.found.map((path) => ({ path, name: path })),
    onChange(listener: () => void) {
      files.change = listener
      return () => undefined
    },
  }
  const modules = { near: async () => [], list: async () => [], onChange: () => () => undefined }
  const store = new Store(client, { workflows, modules }, (list) => changed.push(list))
  return { store, changed, files, tell }
}

test('a list is read once for many callers, and not before it is asked for', async () => {
  const list = vi.fn(() => [run('r1', 1)])
  const { store } = storeOf({ 'runs.list': list })
  expect(list).not.toHaveBeenCalled()
  await Promise.all([store.get('runs'), store.get('runs')])
  await store.get('runs')
  expect(list).toHaveBeenCalledTimes(1)
})

test('news of a run come in at once, older news do not', async () => {
  const { store, changed, tell } = storeOf({ 'runs.list': () => [run('r1', 5)] })
  await store.get('runs')
  tell.event?.({ type: 'run', run: run('r1', 4, 'failed') })
  tell.event?.({ type: 'run', run: run('r2', 1) })
  expect(store.known('runs')?.map(({ id, state }) => [id, state])).toEqual([
    ['r2', 'running'],
    ['r1', 'running'],
  ])
  expect(changed).toEqual(['runs', 'runs'])
})

test('lists stay while the backend is away and are read afresh when it is back', async () => {
  let away = false
  let runs = [run('r1', 1)]
  const { store, changed, tell } = storeOf({
    'runs.list': () => {
      if (away) throw new Error('away')
      return runs
    },
  })
  await store.get('runs')
  away = true
  tell.connection?.({ state: 'open', version: '1' }, true)
  await vi.waitFor(() => expect(store.known('runs')).toEqual([run('r1', 1)]))
  away = false
  runs = [run('r1', 1), run('r2', 1)]
  tell.connection?.({ state: 'open', version: '1' }, true)
  await vi.waitFor(() => expect(changed).toEqual(['runs']))
  expect(store.known('runs')).toHaveLength(2)
})

test('a list that failed is read again when it is asked for again', async () => {
  const list = vi.fn(() => [run('r1', 1)])
  list.mockImplementationOnce(() => {
    throw new Error('away')
  })
  const { store } = storeOf({ 'runs.list': list })
  await expect(store.get('runs')).rejects.toThrow('away')
  await expect(store.get('runs')).resolves.toHaveLength(1)
})

test('a file that came is listed, also when it comes while the files are being listed', async () => {
  const { store, files } = storeOf({})
  const reading = store.get('workflows')
  files.found = [...files.found, '/w/b.workflow.yaml']
  files.change()
  await reading
  await vi.waitFor(() => expect(store.known('workflows')).toHaveLength(2))
})

test('files near the top are listed at once, the others when they are found', async () => {
  const { store, files, changed } = storeOf({})
  files.found = ['/w/a.workflow.yaml', '/w/deep/down/b.workflow.yaml']
  await expect(store.get('workflows')).resolves.toHaveLength(1)
  await vi.waitFor(() => expect(changed).toEqual(['workflows']))
  expect(store.known('workflows')).toHaveLength(2)
})

test('nodes of an opened run follow its events', async () => {
  const { store, tell } = storeOf({
    'runs.list': () => [run('r1', 1)],
    'runs.get': () => ({ nodes: [{ id: 'train', state: 'running' }] }),
  })
  await store.nodes('r1')
  tell.event?.({ type: 'node', runId: 'r1', seq: 2, node: { id: 'train', state: 'failed' } as never })
  expect(await store.nodes('r1')).toMatchObject([{ id: 'train', state: 'failed' }])
})
