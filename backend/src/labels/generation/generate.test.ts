import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LabelBench, labelBench } from '../testing/label-bench.ts'

/** What the scripted endpoint answers to each request, in order; then nothing but garbage. */
let answers: { status?: number; body: string }[]
let prompts: string[]
let keys: (string | undefined)[]
let server: Server
let bench: LabelBench

const completion = (content: string): { status?: number; body: string } => ({
  body: JSON.stringify({ choices: [{ message: { content } }], usage: { prompt_tokens: 100, completion_tokens: 50 } }),
})
const texts = (...list: string[]) => completion(JSON.stringify({ texts: list }))

beforeEach(async () => {
  answers = []
  prompts = []
  keys = []
  server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      prompts.push(JSON.parse(body).messages[1].content)
      keys.push(request.headers.authorization)
      const answer = answers.shift() ?? completion('I would rather not.')
      response.writeHead(answer.status ?? 200).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const model = { url: `http://127.0.0.1:${port}/v1`, model: 'm', key: 'k', inputPrice: 1, outputPrice: 4 }
  bench = labelBench({ model })
  await bench.bases.catalog.create({ name: 'b' })
  await bench.bases.changes.accept('b', { text: 'someone opened a shell', path: ['execution', 'shell'] }, 'ada')
})
afterEach(async () => {
  await bench.close()
  await new Promise((resolve) => server.close(resolve))
})

const generate = async (samples: number) => bench.done(await bench.requests.generate('b', { samples, by: 'ada' }))
const written = () => bench.bases.references('b').filter(({ trust }) => trust < 1)

test('writes until each leaf has enough, trusts it little, counts the cost, and one undo takes all back', async () => {
  answers = [texts('A process spawned bash on host seven', 'Reverse connection with a terminal seen')]
  const job = await generate(3)
  expect(job).toMatchObject({ state: 'succeeded', done: 1, total: 1, skipped: {} })
  expect(job.cost).toEqual({ inputTokens: 100, outputTokens: 50, amount: 0.0003 })
  expect(written().map(({ path, trust }) => [path.join('/'), trust])).toEqual([
    ['execution/shell', 0.4],
    ['execution/shell', 0.4],
  ])
  expect([prompts.length, keys[0]]).toEqual([1, 'Bearer k'])
  expect(prompts[0]).toContain('someone opened a shell')
  await bench.bases.changes.undo('b', undefined, 'ada')
  expect(written()).toEqual([])
})

test('what is not fit to be a reference is left out, each with its reason', async () => {
  await bench.bases.changes.accept('b', { text: 'wrong password given', path: ['auth', 'guess'] }, 'ada')
  answers = [
    texts(
      'Someone opened a SHELL',
      'Here are more texts',
      '攻击者打开了终端并执行命令',
      'x',
      'wrong password given twice',
    ),
    completion('<html>busy</html>'),
  ]
  const { skipped } = await generate(2)
  expect(skipped).toMatchObject({
    'wrong-extraction': 1,
    'wrong-language': 1,
    'too-short': 1,
  })
  expect(skipped['no-texts']).toBeGreaterThan(0)
})

test('a model that answers only garbage is given up for the leaf, and the job ends', async () => {
  const job = await generate(6)
  expect([job.state, job.skipped['no-texts'], written()]).toEqual(['succeeded', 6, []])
})

test('an endpoint that is busy or answers a page is asked again, and nothing is lost', async () => {
  answers = [
    { status: 503, body: 'busy' },
    { body: '<html>proxy</html>' },
    texts('A process spawned bash on host seven'),
  ]
  const job = await generate(2)
  expect([job.state, written().length, prompts.length]).toEqual(['succeeded', 1, 3])
  expect(new Set(prompts).size).toBe(1)
})

test('a wrong key ends the job with what to do', async () => {
  answers = [{ status: 401, body: 'no' }]
  expect((await generate(2)).error).toMatchObject({
    code: 'unauthorized',
    message: expect.stringMatching(/setting "llm"/),
  })
})
