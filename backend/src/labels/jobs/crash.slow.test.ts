import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { everything, startEverything } from '../testing/everything.ts'
import { labelBench } from '../testing/label-bench.ts'

const child = fileURLToPath(new URL('../testing/crash-child.ts', import.meta.url))

/** A language model that says the same to the same question. */
const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    const word = createHash('sha256').update(body).digest('base64').replace(/\W|\d/g, '')
    const texts = [`noticed ${word.slice(0, 12)} somewhere`, `saw ${word.slice(12, 24)} elsewhere`]
    const usage = { prompt_tokens: 10, completion_tokens: 5 }
    response.end(JSON.stringify({ choices: [{ message: { content: JSON.stringify({ texts }) } }], usage }))
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
afterAll(() => new Promise((resolve) => server.close(resolve)))

const newRoot = (): string => mkdtempSync(join(tmpdir(), 'secxops-labelcrash-'))

/** What the child printed; nothing when it died. */
const runChild = (root: string, where: string, number: number): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, [child, root, where, String(number), url], (error, stdout, stderr) => {
      if (error && error.signal !== 'SIGKILL') reject(new Error(`the child failed: ${stderr}`))
      else resolve(stdout)
    })
  })

const undisturbed = JSON.parse(await runChild(newRoot(), 'none', 0)) as { writes: number; everything: unknown }
/** Each write is killed at one of three points; all three come at every kind of step. */
const points = Array.from(
  { length: undisturbed.writes },
  (_, i) => [['before', 'inside', 'after'][i % 3] as string, i + 1] as const,
)

test('the sweep covers import, learning, labelling and generation', () => {
  expect(undisturbed.writes).toBeGreaterThan(30)
  expect(JSON.stringify(undisturbed.everything)).toContain('\\"kind\\":\\"generate\\",\\"state\\":\\"succeeded\\"')
})

test.each(points)('kill -9 %s write %i: all ends as if nothing had happened', async (where, write) => {
  const root = newRoot()
  expect(await runChild(root, where, write)).toBe('')
  const bench = labelBench({ root, model: { url, model: 'm' } })
  bench.jobs.recover()
  await bench.idle()
  await startEverything(bench)
  expect(JSON.parse(JSON.stringify(everything(bench)))).toEqual(undisturbed.everything)
  await bench.close()
})
