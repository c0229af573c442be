import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { findServer } from './server.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A server of the team of one release; its token is `right`. */
async function team(version: string): Promise<string> {
  const server = createServer(({ headers }, response) => {
    const welcome = headers.authorization === 'Bearer right'
    response.writeHead(welcome ? 200 : 401, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify(welcome ? { version } : { code: 'unauthorized', message: 'The token is missing or wrong.' }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a server of the same release with the right token is taken', async () => {
  const url = await team('0.1.0+other-build')
  const target = { url, token: 'right', version: '0.1.0+other-build' }
  await expect(findServer(`${url}/`, 'right', '0.1.0')).resolves.toEqual(target)
})

test.each([
  ['no token', undefined, 'token'],
  ['a wrong token', 'wrong', 'token'],
])('%s asks for one', async (_, token, remedy) => {
  await expect(findServer(await team('0.1.0'), token, '0.1.0')).rejects.toMatchObject({ remedy })
})

test('a server of another release is refused with both versions', async () => {
  await expect(findServer(await team('0.2.0'), 'right', '0.1.0')).rejects.toMatchObject({
    remedy: 'version',
    message: expect.stringMatching(/0\.2\.0.*0\.1\.0/),
  })
})

test.each(['soc.example.com', 'ftp://soc.example.com', 'http://soc.example.com', 'http://localhost.example.com'])(
  'the address %s is never sent the token',
  async (url) => {
    await expect(findServer(url, 'right', '0.1.0')).rejects.toMatchObject({
      remedy: 'retry',
      message: expect.stringContaining('https://'),
    })
  },
)
