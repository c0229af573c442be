import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { expect, test } from 'vitest'
import { openStore } from './store.ts'

const table = { id: 'test-001', sql: 'CREATE TABLE t (v TEXT UNIQUE) STRICT' }
const file = (): string => join(mkdtempSync(join(tmpdir(), 'secxops-store-')), 'a.db')
const codeOf = (fn: () => unknown): string => {
  try {
    fn()
  } catch (error) {
    if (error instanceof SecxopsError) return error.body.code
    throw error
  }
  return 'none'
}

test('writes of one moment share a commit, and a throw undoes only its own write', async () => {
  const store = openStore(file(), 'next', [table])
  const insert = (v: string) => store.write((db) => db.prepare('INSERT INTO t VALUES (?)').run(v))
  const results = await Promise.allSettled([
    insert('a'),
    store.write((db) => {
      db.prepare("INSERT INTO t VALUES ('half')").run()
      throw new Error('no')
    }),
    insert('a'),
    insert('b'),
  ])
  expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(
    store.db
      .prepare('SELECT v FROM t ORDER BY v')
      .all()
      .map((r) => r.v),
  ).toEqual(['a', 'b'])
  await store.close()
})

test('what was acknowledged is there when the store opens again, and migrations run once', async () => {
  const path = file()
  const first = openStore(path, 'next', [table])
  await first.write((db) => db.exec("INSERT INTO t VALUES ('kept')"))
  await first.close()
  const second = openStore(path, 'next', [table])
  expect(second.epoch).toBe(first.epoch + 1)
  expect(second.db.prepare('SELECT v FROM t').get()?.v).toBe('kept')
  await second.close()
})

test('an owner that was replaced can no longer write', async () => {
  const path = file()
  const old = openStore(path, 'next', [table])
  const current = openStore(path, 'next', [table])
  await expect(old.write((db) => db.exec("INSERT INTO t VALUES ('x')"))).rejects.toMatchObject({
    body: { code: 'read-only' },
  })
  expect(codeOf(() => openStore(path, old.epoch, [table]))).toBe('read-only')
  await current.close()
  await old.close()
})

test('a migration that fails leaves nothing of itself', () => {
  const path = file()
  expect(() => openStore(path, 'next', [{ id: 'bad', sql: 'CREATE TABLE half (x); NONSENSE' }])).toThrow(/syntax/)
  const store = openStore(path, 'next', [])
  expect(store.db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'half'").get()).toBeUndefined()
})

test('a full disk is said plainly, undoes the batch, and writing goes on when there is space', async () => {
  const store = openStore(file(), 'next', [table])
  const pages = Number(store.db.prepare('PRAGMA page_count').get()?.page_count)
  store.db.exec(`PRAGMA max_page_count = ${pages + 4}`)
  const big = 'x'.repeat(200_000)
  await expect(store.write((db) => db.prepare('INSERT INTO t VALUES (?)').run(big))).rejects.toMatchObject({
    body: { code: 'disk-full' },
  })
  store.db.exec('PRAGMA max_page_count = 100000')
  await store.write((db) => db.prepare('INSERT INTO t VALUES (?)').run(big))
  expect(store.db.prepare('SELECT count(*) n FROM t').get()?.n).toBe(1)
  await store.close()
})

test('a damaged file, a file that is no database, and a newer one are refused and left as they are', async () => {
  const path = file()
  const store = openStore(path, 'next', [table])
  await store.write((db) => {
    for (let i = 0; i < 2000; i++) db.prepare('INSERT INTO t VALUES (?)').run(`row ${i} ${'y'.repeat(50)}`)
  })
  await store.close()
  expect(codeOf(() => openStore(path, 'next', []))).toBe('read-only')
  const bytes = readFileSync(path)
  bytes.fill(0x5a, 8192, 16384)
  writeFileSync(path, bytes)
  expect(codeOf(() => openStore(path, 'next', [table]))).toBe('internal')
  expect(readFileSync(path).equals(bytes)).toBe(true)
  const text = file()
  writeFileSync(text, 'hello, this is no database at all '.repeat(40))
  expect(codeOf(() => openStore(text, 'next', [table]))).toBe('internal')
})

test('nothing is accepted after closing', async () => {
  const store = openStore(file(), 'next', [table])
  const last = store.write((db) => db.exec("INSERT INTO t VALUES ('last')"))
  await store.close()
  await last
  await expect(store.write(() => 1)).rejects.toMatchObject({ body: { code: 'unavailable' } })
})
