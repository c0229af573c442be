import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BackOff } from './back-off.ts'
import type { Connection } from './connection.ts'
import { apiPath, kubeName } from './names.ts'
import { FakeApi, type Fault } from './testing/fake-api.ts'
import { type KubeObject, Watch, type WatchOptions } from './watch.ts'

const KEY = 'key'
const path = apiPath`/api/v1/namespaces/${kubeName('team', 'namespace')}/pods`
let api: FakeApi
let connection: Connection
const watches: Watch<KubeObject>[] = []

beforeEach(async () => {
  api = new FakeApi()
  connection = await api.listen()
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const watch of watches.splice(0)) watch.close()
  connection.close()
  await api.close()
})

/** A watch and what it has told of the objects with the key `a`. */
function open(more: Partial<WatchOptions> = {}) {
  const watch = new Watch<KubeObject>({
    connection,
    path,
    labelSelector: 'home=h',
    keyLabel: KEY,
    backOff: [5, 20],
    ...more,
  })
  watches.push(watch)
  const told: string[] = []
  watch.observe('a', ({ metadata }, gone) => told.push(`${metadata.name}${gone ? ' gone' : ''}`))
  return { watch, told }
}
const pod = (name: string, key = 'a') => ({ metadata: { name, labels: { home: 'h', [KEY]: key } } })
const lists = () => api.requests.filter(({ query }) => !query.has('watch')).length
const watching = () => vi.waitFor(() => expect(api.watchers()).toBe(1))

test('what is there and every change of it is told, others and other keys are not', async () => {
  api.put('pods', pod('one'))
  const { told } = open()
  await watching()
  api.put('pods', pod('two'))
  api.put('pods', pod('other', 'b'))
  api.put('pods', { metadata: { name: 'stranger', labels: { [KEY]: 'a' } } })
  api.put('pods', pod('one'))
  api.remove('pods', 'two')
  await vi.waitFor(() => expect(told).toEqual(['one', 'two', 'one', 'two gone']))
})

test('an observer that comes later is told of what is there', async () => {
  const { watch, told } = open()
  await watching()
  api.put('pods', pod('one'))
  await vi.waitFor(() => expect(told).toEqual(['one']))
  const late: string[] = []
  watch.observe('a', ({ metadata }) => late.push(metadata.name))
  expect(late).toEqual(['one'])
})

test('a list of many pages is whole', async () => {
  for (let i = 0; i < 1203; i += 1) api.put('pods', pod(`p${i}`))
  const { told } = open()
  await vi.waitFor(() => expect(told).toHaveLength(1203))
  expect(lists()).toBe(3)
})

test('after a cut it goes on from where it was: nothing is missed, told twice or listed again', async () => {
  const { told } = open()
  await watching()
  api.put('pods', pod('one'))
  await vi.waitFor(() => expect(told).toEqual(['one']))
  api.cutWatches()
  api.put('pods', pod('two'))
  await vi.waitFor(() => expect(told).toEqual(['one', 'two']))
  expect(lists()).toBe(1)
})

test('when the server has forgotten the version, everything is listed again and what went meanwhile is told as gone', async () => {
  const { told } = open()
  await watching()
  api.put('pods', pod('one'))
  api.put('pods', pod('two'))
  await vi.waitFor(() => expect(told).toHaveLength(2))
  let away = true
  api.fault = () => (away ? { status: 503 } : undefined)
  api.cutWatches()
  api.remove('pods', 'one')
  api.put('pods', pod('three'))
  api.compact()
  away = false
  await vi.waitFor(() => expect(told).toEqual(['one', 'two', 'one gone', 'three']))
})

test('a bookmark moves the version on, so that a forgotten history does no harm', async () => {
  const { told } = open()
  await watching()
  api.put('pods', { metadata: { name: 'stranger' } })
  api.bookmark('pods')
  api.compact()
  api.cutWatches()
  await watching()
  api.put('pods', pod('one'))
  await vi.waitFor(() => expect(told).toEqual(['one']))
  const [last] = api.requests.filter(({ query }) => query.has('watch')).slice(-1)
  expect(Number(last?.query.get('resourceVersion'))).toBeGreaterThan(100)
  expect(lists()).toBe(1)
})

test('a server that is away, refuses or is overrun is asked again, and its problem is told meanwhile', async () => {
  const answers: Fault[] = ['cut', { status: 500 }, { status: 429, headers: { 'retry-after': '0' } }]
  let forbidden = true
  api.fault = () => answers.shift() ?? (forbidden ? { status: 403, body: { message: 'no' } } : undefined)
  const { watch, told } = open()
  await vi.waitFor(() => expect(watch.problem).toMatchObject({ status: 403, message: 'no' }))
  forbidden = false
  api.put('pods', pod('one'))
  await vi.waitFor(() => expect(told).toEqual(['one']))
  expect(watch.problem).toBeUndefined()
})

test('an answer of 429 says how long to wait, and that is kept', async () => {
  const wait = vi.spyOn(BackOff.prototype, 'wait').mockResolvedValue()
  let refused = false
  api.fault = () => {
    if (refused) return undefined
    refused = true
    return { status: 429, headers: { 'retry-after': '7' } }
  }
  await open().watch.listed
  expect(wait).toHaveBeenCalledWith(expect.anything(), 7000)
})

test('a connection that says nothing any more is given up', async () => {
  let silent = true
  api.fault = ({ query }) => (silent && query.has('watch') ? 'hang' : undefined)
  const { watch, told } = open({ seconds: 0, deadAfter: 50 })
  await vi.waitFor(() => expect(watch.problem).toBeDefined())
  silent = false
  api.put('pods', pod('one'))
  await vi.waitFor(() => expect(told).toEqual(['one']))
})

test('a server that hangs up at once is not asked again at once', async () => {
  const held = Promise.withResolvers<void>()
  const wait = vi.spyOn(BackOff.prototype, 'wait').mockReturnValue(held.promise)
  api.watchSeconds = 0
  open()
  await vi.waitFor(() => expect(wait).toHaveBeenCalled())
  expect(api.requests).toHaveLength(2)
  held.resolve()
})
