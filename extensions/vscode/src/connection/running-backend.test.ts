import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runningBackend } from './running-backend.ts'

/** A bundle of version `1.0.0+a`, a home whose record names a socket, and what a daemon there says about itself. */
async function machine(says?: (home: string) => { version: string; home: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'sxr-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [home, socket, bundle] = [join(folder, 'home'), join(folder, 's'), join(folder, 'secxops.mjs')]
  mkdirSync(home)
  writeFileSync(join(folder, 'version'), '1.0.0+a\n')
  writeFileSync(join(home, 'daemon.json'), JSON.stringify({ pid: 1, socket, version: '1.0.0+a' }))
  if (says) {
    const server = createServer((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(says(home))),
    )
    await new Promise<void>((resolve) => server.listen(socket, resolve))
    onTestFinished(() => void server.close())
  }
  return { folder, home, socket, ask: () => runningBackend(bundle, { SECXOPS_HOME: home }) }
}

test('a daemon of the very build is used without starting anything', async () => {
  const { ask, home, socket } = await machine((own) => ({ version: '1.0.0+a', home: own }))
  await expect(ask()).resolves.toEqual({ socket, version: '1.0.0+a', home })
})

test.each([
  ['is of another build', (home: string) => ({ version: '1.0.0+b', home })],
  ['serves another home, from which this one was copied', () => ({ version: '1.0.0+a', home: tmpdir() })],
  ['does not answer', undefined],
])('a daemon that %s is left to the program of the backend', async (_, says) => {
  const { ask } = await machine(says)
  await expect(ask()).resolves.toBeUndefined()
})

test('where the bundle does not tell its version, or there is no home yet, the program is asked', async () => {
  const { ask, folder, home } = await machine((own) => ({ version: '1.0.0+a', home: own }))
  rmSync(join(folder, 'version'))
  await expect(ask()).resolves.toBeUndefined()
  writeFileSync(join(folder, 'version'), '1.0.0+a')
  rmSync(home, { recursive: true })
  await expect(ask()).resolves.toBeUndefined()
})
