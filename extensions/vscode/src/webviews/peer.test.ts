import { SecxopsError } from '@secxops/protocol/secxops-error'
import { expect, test, vi } from 'vitest'
import { type Message, Peer } from './peer.ts'

interface Left {
  methods: { greet(params: { name: string }): string; wait(params: Record<string, never>): string }
  events: Record<string, never>
}
interface Right {
  methods: { shout(params: { text: string }): string }
  events: { news: string }
}

/** Two ends whose messages cross as JSON, one after the other, unless `cut` drops them. */
function line() {
  const cut = { toRight: false, toLeft: false }
  const log: Message[] = []
  const heard: string[] = []
  const aborted = vi.fn()
  const cross = (message: Message, lost: boolean, to: () => { receive(message: unknown): void }): void => {
    log.push(message)
    const copy = JSON.parse(JSON.stringify(message))
    if (!lost) queueMicrotask(() => to().receive(copy))
  }
  const left: Peer<Left, Right> = new Peer<Left, Right>((message) => cross(message, cut.toRight, () => right), {
    handlers: {
      greet: ({ name }) => {
        if (name === '') throw new SecxopsError({ code: 'bad-name', message: 'A name is needed.', where: { line: 3 } })
        return `hello ${name}`
      },
      wait: (_, { signal }) => new Promise(() => signal.addEventListener('abort', aborted)),
    },
    listeners: {},
  })
  const right: Peer<Right, Left> = new Peer<Right, Left>((message) => cross(message, cut.toLeft, () => left), {
    handlers: { shout: async ({ text }) => text.toUpperCase() },
    listeners: { news: (text) => heard.push(text) },
  })
  return { left, right, cut, log, heard, aborted }
}

test('both ends ask and answer, and answers find their questions', async () => {
  const { left, right } = line()
  const answers = await Promise.all([
    right.request('greet', { name: 'a' }, { deadline: 1000 }),
    left.request('shout', { text: 'b' }, { deadline: 1000 }),
    right.request('greet', { name: 'c' }, { deadline: 1000 }),
  ])
  expect(answers).toEqual(['hello a', 'B', 'hello c'])
})

test('an error arrives with code, place and words', async () => {
  const { right } = line()
  const asked = right.request('greet', { name: '' }, { deadline: 1000 })
  await expect(asked).rejects.toMatchObject({
    body: { code: 'bad-name', message: 'A name is needed.', where: { line: 3 } },
  })
})

test('what the other side does not know is refused, also names that every object has', async () => {
  const { right } = line()
  const ask = right.request as (method: string, params: unknown, options: { deadline: number }) => Promise<unknown>
  for (const method of ['nothing', 'constructor', '__proto__'])
    await expect(ask.call(right, method, {}, { deadline: 1000 })).rejects.toMatchObject({
      body: { code: 'bad-request' },
    })
})

test('a question that is not answered is given up after its deadline and cancelled there', async () => {
  vi.useFakeTimers()
  try {
    const { right, aborted } = line()
    const asked = right.request('wait', {}, { deadline: 5000 })
    const refused = expect(asked).rejects.toMatchObject({ body: { code: 'unavailable' } })
    await vi.advanceTimersByTimeAsync(5000)
    await refused
    expect(aborted).toHaveBeenCalledOnce()
  } finally {
    vi.useRealTimers()
  }
})

test('who no longer wants an answer cancels the question, and the other side stops', async () => {
  const { right, aborted, log } = line()
  const stop = new AbortController()
  const asked = right.request('wait', {}, { deadline: null, signal: stop.signal })
  await vi.waitFor(() => expect(log).toHaveLength(1))
  stop.abort(new Error('closed'))
  await expect(asked).rejects.toThrow('closed')
  await vi.waitFor(() => expect(aborted).toHaveBeenCalledOnce())
  expect(log.map(({ kind }) => kind)).toEqual(['request', 'cancel'])
})

test('a question that is cancelled before it is asked is never sent', async () => {
  const { right, log } = line()
  await expect(
    right.request('greet', { name: 'a' }, { deadline: 1000, signal: AbortSignal.abort(new Error('closed')) }),
  ).rejects.toThrow('closed')
  expect(log).toEqual([])
})

test('a page that is loaded anew takes no answers of its predecessor', async () => {
  const { left, right, cut, log } = line()
  cut.toRight = true
  void right.request('greet', { name: 'old' }, { deadline: null })
  await vi.waitFor(() => expect(log).toHaveLength(2))
  const late = log[1]
  cut.toRight = false
  const next: Peer<Right, Left> = new Peer<Right, Left>((message) => left.receive(message), {
    handlers: { shout: ({ text }) => text },
    listeners: { news: () => undefined },
  })
  const asked = next.request('greet', { name: 'new' }, { deadline: null })
  next.receive(late)
  const taken = vi.fn()
  void asked.then(taken)
  await Promise.resolve()
  expect(taken).not.toHaveBeenCalled()
})

test('when the other side is gone, what was asked of it fails and what it asked is stopped', async () => {
  const { left, right, aborted, log } = line()
  const asked = left.request('shout', { text: 'x' }, { deadline: null })
  void right.request('wait', {}, { deadline: null })
  await vi.waitFor(() => expect(log).toHaveLength(2))
  left.reset(new SecxopsError({ code: 'unavailable', message: 'The page was closed.' }))
  await expect(asked).rejects.toThrow('The page was closed.')
  expect(aborted).toHaveBeenCalledOnce()
})

test('events arrive in their order, and what is no message is left alone', async () => {
  const { left, right, heard } = line()
  for (const text of ['1', '2', '3']) left.tell('news', text)
  for (const noise of [null, 'x', { type: 'vscode-internal' }, { kind: 'event' }, { kind: 'answer' }])
    right.receive(noise)
  await vi.waitFor(() => expect(heard).toEqual(['1', '2', '3']))
})
