import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServerEvent } from '@secxops/protocol/events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Home, openHome } from '../home.ts'
import { createEvents } from '../server/events.ts'
import type { Store } from '../services.ts'
import { openStore } from '../store/store.ts'
import { createLibrary, type Library } from './library.ts'
import { libraryMigrations } from './migrations.ts'

let home: Home
let store: Store
let library: Library
let work: string
let heard: ServerEvent[]
const never = new AbortController().signal

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'secxops-library-'))
  home = openHome({ SECXOPS_HOME: join(work, 'home') })
  store = openStore(home.database, 'next', libraryMigrations)
  const events = createEvents()
  heard = []
  events.subscribe((event) => heard.push(event))
  library = createLibrary(home, store, events)
})
afterEach(() => store.close())

const file = (name: string, text: string): string => {
  const path = join(work, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}
const folder = (name: string, files: Record<string, string>): string => {
  for (const [path, text] of Object.entries(files)) file(join(name, path), text)
  return join(work, name)
}
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error) => error.body?.code ?? String(error),
  )
const stored = (): string[] => readdirSync(home.contents)

test('a file and a folder are kept byte for byte, read-only, under a digest anyone can recompute', async () => {
  const source = folder('waf', { 'b.csv': 'x\n1\n', 'sub/中文 name.txt': 'héllo', 'empty.bin': '' })
  const content = await library.intern(source, 'dataset')
  expect(content).toMatchObject({ type: 'dataset', files: 3, size: 10 })
  expect(readFileSync(join(content.path, 'sub/中文 name.txt'), 'utf8')).toBe('héllo')
  expect(statSync(join(content.path, 'b.csv')).mode & 0o222).toBe(0)
  expect(statSync(join(content.path, 'sub')).mode & 0o222).toBe(0)
  const manifest = join(content.path, '..', 'manifest.json')
  expect(`sha256:${execFileSync('sha256sum', [manifest], { encoding: 'utf8' }).slice(0, 64)}`).toBe(content.digest)
  expect(JSON.parse(readFileSync(manifest, 'utf8')).files.map((f: { path: string }) => f.path)).toEqual([
    'b.csv',
    'empty.bin',
    'sub/中文 name.txt',
  ])
  const single = await library.intern(join(source, 'b.csv'), 'dataset')
  expect(readFileSync(single.path, 'utf8')).toBe('x\n1\n')
  expect(single.path).toMatch(/b\.csv$/)
  expect(readdirSync(home.staging)).toEqual([])
})

test('the same content twice is stored once; a changed byte is another content', async () => {
  const a = await library.intern(folder('a', { 'x.txt': '1' }), 'file')
  const b = await library.intern(folder('b', { 'x.txt': '1' }), 'file')
  const c = await library.intern(folder('c', { 'x.txt': '2' }), 'file')
  expect(b.digest).toBe(a.digest)
  expect(c.digest).not.toBe(a.digest)
  expect(stored()).toHaveLength(2)
})

test('many at once of one content agree', async () => {
  const source = folder('a', Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.txt`, `${i}`])))
  const all = await Promise.all(Array.from({ length: 8 }, () => library.intern(source, 'dataset')))
  expect(new Set(all.map((one) => one.digest)).size).toBe(1)
  expect(stored()).toHaveLength(1)
  expect(readdirSync(home.staging)).toEqual([])
})

test('a source that is given up is not copied and stands until it is removed; one that others can reach is copied', async () => {
  const out = folder('out', { 'm.bin': 'model', 'deep/n.bin': 'more' })
  const given = await library.intern(out, 'model', { share: true })
  const inode = (path: string) => statSync(path).ino
  expect(inode(join(given.path, 'deep/n.bin'))).toBe(inode(join(out, 'deep/n.bin')))
  // Again, as after a kill before anybody wrote down that it is there.
  expect((await library.intern(out, 'model', { share: true })).digest).toBe(given.digest)
  rmSync(out, { recursive: true })
  expect(readFileSync(join(given.path, 'm.bin'), 'utf8')).toBe('model')
  const shared = folder('shared', { 'm.bin': 'other' })
  linkSync(join(shared, 'm.bin'), join(work, 'second-name'))
  const content = await library.intern(shared, 'model', { share: true })
  appendFileSync(join(work, 'second-name'), '!')
  expect(readFileSync(join(content.path, 'm.bin'), 'utf8')).toBe('other')
})

test('links inside are followed; links that leave, links to folders and pipes are refused and nothing is left', async () => {
  const secret = file('secret.txt', 'secret')
  const good = folder('good', { 'real.txt': 'x' })
  symlinkSync('real.txt', join(good, 'alias.txt'))
  const content = await library.intern(good, 'dataset')
  expect(readFileSync(join(content.path, 'alias.txt'), 'utf8')).toBe('x')

  const bad = [
    folder('b1', { a: '1' }),
    folder('b2', { a: '1', 'd/x': '2' }),
    folder('b3', { a: '1' }),
    folder('b4', { a: '' }),
  ]
  symlinkSync(secret, join(bad[0] ?? '', 'l'))
  symlinkSync('d', join(bad[1] ?? '', 'l'))
  execFileSync('mkfifo', [join(bad[2] ?? '', 'p')])
  symlinkSync('nowhere', join(bad[3] ?? '', 'l'))
  for (const source of bad) expect(await codeOf(library.intern(source, 'dataset'))).toBe('path-outside')
  // A sibling whose name only begins like the source is outside, too.
  folder('b5-secret', { x: '1' })
  symlinkSync('../b5-secret/x', join(folder('b5', { a: '1' }), 'l'))
  expect(await codeOf(library.intern(join(work, 'b5'), 'dataset'))).toBe('path-outside')
  expect(await codeOf(library.intern(join(work, 'absent'), 'dataset'))).toBe('no-such-file')
  expect(stored()).toHaveLength(1)
  expect(readdirSync(home.staging)).toEqual([])
})

test('an abort leaves nothing, and a source that was given up stands where it was', async () => {
  const source = folder('big', { 'x.bin': 'x'.repeat(100_000), 'y.bin': 'y' })
  const abort = new AbortController()
  const work = library.intern(source, 'dataset', { share: true, signal: abort.signal })
  abort.abort()
  await expect(work).rejects.toThrow(/abort/)
  expect(readdirSync(source).sort()).toEqual(['x.bin', 'y.bin'])
  expect(stored()).toEqual([])
  expect(readdirSync(home.staging)).toEqual([])
})

test('versions count up, the same content is no new version, and pages hear of a version after it is durable', async () => {
  const add = (text: string) => library.add('dataset', file('w.csv', text), 'waf', '', never)
  expect((await add('a')).unchanged).toBeUndefined()
  expect(await add('a')).toMatchObject({ version: 1, unchanged: true })
  expect((await add('b')).version).toBe(2)
  expect((await library.add('model', file('w.csv', 'a'), 'waf', 'first', never)).version).toBe(1)
  expect(library.list('dataset')).toMatchObject([{ name: 'waf', versions: 2, latest: { version: 2 } }])
  expect(library.resolve('dataset', 'waf@1').artifact).toEqual({ kind: 'dataset', name: 'waf', version: 1 })
  expect(library.resolve('dataset', 'waf').artifact?.version).toBe(2)
  await new Promise((resolve) => setImmediate(resolve))
  expect(
    heard
      .filter((event) => event.type === 'library' && event.kind === 'dataset')
      .map((e) => 'version' in e && e.version),
  ).toEqual([1, 2])
})

test('lineage can be read both ways', async () => {
  const raw = await library.add('dataset', file('raw.csv', 'a'), 'raw', '', never)
  const content = await library.intern(file('m.bin', 'm'), 'model')
  const model = await store.write((db) => {
    library.recordUseIn(db, {
      kind: 'dataset',
      name: 'raw',
      version: 1,
      runId: 'r1',
      workflow: 'waf',
      nodeId: 'train',
      port: 'data',
    })
    return library.registerIn(db, 'model', 'waf-model', content, {
      source: 'run',
      run: { runId: 'r1', workflow: 'waf', nodeId: 'train', port: 'model', attempt: 1 },
      inputs: [{ kind: 'dataset', name: 'raw', version: raw.version }],
    })
  })
  const detail = await library.get({ kind: 'dataset', name: 'raw', version: 'latest' })
  expect(detail.produced).toEqual([{ kind: 'model', name: 'waf-model', version: 1 }])
  expect(detail.usedBy).toEqual([{ runId: 'r1', workflow: 'waf', nodeId: 'train', port: 'data' }])
  expect(model.lineage.inputs).toEqual([{ kind: 'dataset', name: 'raw', version: 1 }])
  expect(detail.manifest).toEqual([{ path: 'raw.csv', size: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }])
})

test('a result kept under a second name has the uses of its content, and each name says that it equals the other', async () => {
  const content = await library.intern(file('m.bin', 'm'), 'model')
  const lineage = { source: 'run' as const, inputs: [] }
  await store.write((db) => {
    library.registerIn(db, 'model', 'waf-train-model', content, lineage)
    const use = { runId: 'r1', workflow: 'waf', nodeId: 'evaluate', port: 'model' }
    library.recordUseIn(db, { kind: 'model', name: 'waf-train-model', version: 1, ...use })
    library.registerIn(db, 'model', 'waf-best', content, lineage)
    const inputs = [{ kind: 'model' as const, name: 'waf-train-model', version: 1 }]
    library.registerIn(db, 'dataset', 'scores', content, { source: 'run', inputs })
  })
  const kept = await library.get({ kind: 'model', name: 'waf-best', version: 1 })
  expect(kept.same).toEqual([{ kind: 'model', name: 'waf-train-model', version: 1 }])
  expect(kept.usedBy).toEqual([{ runId: 'r1', workflow: 'waf', nodeId: 'evaluate', port: 'model' }])
  expect(kept.produced).toEqual([{ kind: 'dataset', name: 'scores', version: 1 }])
  const first = await library.get({ kind: 'model', name: 'waf-train-model', version: 1 })
  expect(first.same).toEqual([{ kind: 'model', name: 'waf-best', version: 1 }])
})

test('an unknown name suggests, an unknown version tells which there are', async () => {
  await library.add('dataset', file('w.csv', 'a'), 'waf-requests', '', never)
  expect(() => library.resolve('dataset', 'waf-request')).toThrow(/Did you mean waf-requests/)
  expect(() => library.resolve('dataset', 'waf-requests@9')).toThrow(/has no version 9; it has 1/)
})

test('export copies out, writable, and overwrites only when asked to', async () => {
  await library.add('dataset', file('w.csv', 'a'), 'waf', '', never)
  await library.add('model', folder('m', { 'a/b.bin': 'x' }), 'big', '', never)
  const target = join(work, 'out')
  const path = await library.export({ kind: 'dataset', name: 'waf', version: 1 }, { directory: target }, never)
  appendFileSync(path, 'mine')
  expect(await codeOf(library.export({ kind: 'dataset', name: 'waf', version: 1 }, { directory: target }, never))).toBe(
    'conflict',
  )
  expect(readFileSync(path, 'utf8')).toBe('amine')
  writeFileSync(path, 'mine')
  const replace = { directory: target, replace: true }
  expect(await library.export({ kind: 'dataset', name: 'waf', version: 1 }, replace, never)).toBe(path)
  expect(readFileSync(path, 'utf8')).not.toBe('mine')
  const tree = await library.export({ kind: 'model', name: 'big', version: 'latest' }, { directory: target }, never)
  appendFileSync(join(tree, 'a/b.bin'), '!')
  writeFileSync(join(tree, 'new'), '')
  expect(readdirSync(target).sort()).toEqual(['big', 'w.csv'])
})

test('a removed version is hidden, keeps its number, and comes back', async () => {
  const ref = { kind: 'dataset' as const, name: 'waf', version: 2 }
  await library.add('dataset', file('w.csv', 'a'), 'waf', '', never)
  await library.add('dataset', file('w.csv', 'b'), 'waf', '', never)
  expect(await codeOf(library.remove(ref, 'waf'))).toBe('bad-request')
  const until = await library.remove(ref, 'waf@2')
  expect(new Date(until).getTime()).toBeGreaterThan(Date.now())
  expect(library.resolve('dataset', 'waf').artifact?.version).toBe(1)
  expect(() => library.resolve('dataset', 'waf@2')).toThrow(/was removed/)
  expect((await library.add('dataset', file('w.csv', 'c'), 'waf', '', never)).version).toBe(3)
  expect((await library.restore(ref)).version).toBe(2)
  expect(readFileSync(library.resolve('dataset', 'waf@2').path, 'utf8')).toBe('b')
})

test('a full disk is said plainly and nothing is left', async ({ skip }) => {
  const small = join(work, 'small')
  mkdirSync(small)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small], { stdio: 'ignore' })
  } catch {
    return skip('mounting a small disk is not allowed here')
  }
  try {
    const full = openHome({ SECXOPS_HOME: join(small, 'home') })
    const other = createLibrary(full, store, createEvents())
    const big = file('big.bin', 'x'.repeat(3_000_000))
    expect(await codeOf(other.intern(big, 'dataset'))).toBe('disk-full')
    const output = join(full.attempts, 'out')
    writeFileSync(output, 'y'.repeat(900_000))
    execFileSync('sh', ['-c', `cat /dev/zero > ${small}/filler 2>/dev/null || true`])
    expect(await codeOf(other.intern(output, 'dataset', { share: true }))).toBe('disk-full')
    expect(readFileSync(output, 'utf8')).toHaveLength(900_000)
    expect(readdirSync(full.staging)).toEqual([])
    expect(readdirSync(full.contents)).toEqual([])
  } finally {
    execFileSync('umount', ['-l', small])
  }
})
