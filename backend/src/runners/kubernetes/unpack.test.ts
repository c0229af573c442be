import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundle } from './bundle.ts'
import { padding, type TarEntry, tarHeader } from './tar-header.ts'
import { unpack } from './unpack.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'secxops-unpack-'))

/** A tar of entries with contents, as a Pod could make it. */
const tar = (...entries: (Partial<TarEntry> & { name: string; text?: string })[]): Buffer =>
  Buffer.concat([
    ...entries.flatMap(({ text = '', ...entry }) => {
      const size = Buffer.byteLength(text)
      return [tarHeader({ kind: 'file', mode: 0o644, time: 0, size, ...entry }), Buffer.from(text), padding(size)]
    }),
    Buffer.alloc(1024),
  ])

async function receive(target: string, bytes: Buffer): Promise<void> {
  const unpacking = await unpack(target)
  await unpacking.take(bytes)
  await unpacking.finish()
}

test.each([
  ['a path above the folder', tar({ name: '../evil', text: 'x' })],
  ['a path above it on the way', tar({ name: 'a/../../evil', text: 'x' })],
  ['an absolute path', tar({ name: '/tmp/evil', text: 'x' })],
  ['a backslash', tar({ name: '..\\evil', text: 'x' })],
  ['a link that leaves it', tar({ name: 'out', kind: 'link', target: '../../etc/passwd' })],
  ['an absolute link', tar({ name: 'out', kind: 'link', target: '/etc/passwd' })],
])('%s is refused, and nothing is written outside', async (_name, bytes) => {
  const root = folder()
  const target = join(root, 'in', 'here')
  mkdirSync(target, { recursive: true })
  await expect(receive(target, bytes)).rejects.toMatchObject({ body: { code: 'path-outside' } })
  expect(existsSync(join(root, 'in', 'evil')) || existsSync(join(root, 'evil'))).toBe(false)
})

test('a file that would go through a link takes the place of the link', async () => {
  const outside = folder()
  const target = folder()
  symlinkSync(outside, join(target, 'out'))
  await expect(receive(target, tar({ name: 'out/file', text: 'x' }))).rejects.toThrow('did not arrive')
  expect(existsSync(join(outside, 'file'))).toBe(false)
})

test('a file without its checksum, and a stream that ends early, are no result', async () => {
  await expect(receive(folder(), tar({ name: 'a', text: 'x' }))).rejects.toThrow('did not arrive')
  const whole = tar({ name: 'a', text: 'x'.repeat(5000) })
  await expect(receive(folder(), whole.subarray(0, 2000))).rejects.toThrow()
})

test('what is bundled comes out the same: odd names, empty and executable files, links', async () => {
  const from = folder()
  const names = ['plain', 'it s', 'a\nb', 'back\\tick', '数据'.repeat(30), `${'d'.repeat(120)}/${'e'.repeat(120)}`]
  mkdirSync(join(from, 'd'.repeat(120)))
  for (const name of names) if (!name.includes('\\')) writeFileSync(join(from, name), name)
  writeFileSync(join(from, 'skipped'), '')
  symlinkSync('plain', join(from, 'link'))
  const target = folder()
  const pieces: Buffer[] = []
  for await (const piece of bundle(from, (name) => name === 'skipped', [{ path: 'more', text: 'm' }]))
    pieces.push(piece)
  const bytes = Buffer.concat(pieces)
  expect(bytes.length % 10_240).toBe(0)
  const sums = /(?:\\?[0-9a-f]{64} {2}.*\n)+/.exec(bytes.toString('utf8'))?.[0] ?? ''
  // As a Pod sends it: its list of sums has another name, and comes first.
  const list = tar({ name: 'sums.out', text: sums }).subarray(0, -1024)
  await receive(target, Buffer.concat([list, bytes]))
    // The mark and the list of sums have no sum of their own.
    .catch((error: Error) => expect(error.message).toMatch(/^(mark|sums) did not arrive/))
  for (const name of names) if (!name.includes('\\')) expect(readFileSync(join(target, name), 'utf8')).toBe(name)
  expect(readFileSync(join(target, 'link'), 'utf8')).toBe('plain')
  expect(existsSync(join(target, 'skipped'))).toBe(false)
})
