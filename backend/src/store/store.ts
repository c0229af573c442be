import { DatabaseSync } from 'node:sqlite'
import { SecxopsError } from '@secxops/protocol/errors'
import type { Migration, Store } from '../services.ts'
import { migrate } from './migrate.ts'
import { damaged, isIoError, plainError } from './sqlite-error.ts'
import { statement } from './statement.ts'

interface Waiting {
  fn(db: DatabaseSync): unknown
  resolve(value: never): void
  reject(error: unknown): void
}

/**
 * Opens (or makes) the database at `path`. The caller must already own the home (daemon/), because there may be one writer only.
 * `epoch`: number of this owner; `next` takes one more than the last owner had.
 * Throws `SecxopsError`: internal (damaged), read-only (made by a newer SecXOps or owned by a newer process), disk-full.
 */
export function openStore(path: string, epoch: number | 'next', migrations: readonly Migration[]): Store {
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(path)
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000',
    )
    const verdict = String(db.prepare('PRAGMA quick_check(1)').get()?.quick_check)
    if (verdict !== 'ok') throw damaged(path, verdict)
    migrate(db, [OWNER, ...migrations], path)
    return new SqliteStore(db, path, takeOwnership(db, epoch, path))
  } catch (error) {
    db?.close()
    throw plainError(error, path)
  }
}

const OWNER: Migration = {
  id: 'store-001',
  sql: 'CREATE TABLE owner (one INTEGER PRIMARY KEY CHECK (one = 1), epoch INTEGER NOT NULL) STRICT; INSERT INTO owner VALUES (1, 0)',
}

function takeOwnership(db: DatabaseSync, wanted: number | 'next', path: string): number {
  const last = Number(db.prepare('SELECT epoch FROM owner').get()?.epoch)
  const epoch = wanted === 'next' ? last + 1 : wanted
  if (epoch < last) throw lostOwnership(path)
  db.prepare('UPDATE owner SET epoch = ?').run(epoch)
  return epoch
}

const lostOwnership = (path: string): SecxopsError =>
  new SecxopsError({
    code: 'read-only',
    message: `Another SecXOps process has taken over ${path}; this one no longer writes to it.`,
    where: { path },
  })

/** One connection for reads and writes: a batch runs within one turn of the event loop, so a read never sees half of it. */
class SqliteStore implements Store {
  readonly db: DatabaseSync
  readonly epoch: number
  readonly #path: string
  #queue: Waiting[] = []
  /** Set after an I/O error or when closed: no write is accepted any more. */
  #refusal: unknown

  constructor(db: DatabaseSync, path: string, epoch: number) {
    this.db = db
    this.epoch = epoch
    this.#path = path
  }

  write<T>(fn: (db: DatabaseSync) => T): Promise<T> {
    if (this.#refusal) return Promise.reject(this.#refusal)
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ fn, resolve, reject })
      // All that asks in this turn of the event loop, and in what follows it at once, shares one commit.
      if (this.#queue.length === 1) setImmediate(() => this.#flush())
    })
  }

  #flush(): void {
    const batch = this.#queue
    this.#queue = []
    if (batch.length === 0) return
    const settle: (() => void)[] = []
    try {
      this.db.exec('BEGIN IMMEDIATE')
      if (statement(this.db, 'SELECT epoch FROM owner').get()?.epoch !== this.epoch) throw lostOwnership(this.#path)
      for (let i = 0; i < batch.length; i++) {
        const waiting = batch[i]
        if (waiting) settle.push(this.#runOne(waiting))
        // What a write has led to (the next node's start) goes with it.
        batch.push(...this.#queue.splice(0))
      }
      this.db.exec('COMMIT')
    } catch (error) {
      if (this.db.isTransaction) this.db.exec('ROLLBACK')
      const plain = plainError(error, this.#path)
      if (isIoError(error)) this.#refusal = plain
      for (const waiting of batch) waiting.reject(plain)
      return
    }
    for (const tell of settle) tell()
  }

  /** Runs one write under its savepoint; answers what to tell its caller after the commit. */
  #runOne({ fn, resolve, reject }: Waiting): () => void {
    this.db.exec('SAVEPOINT one')
    try {
      const value = fn(this.db)
      this.db.exec('RELEASE one')
      return () => resolve(value as never)
    } catch (error) {
      // Some errors (disk full) end the whole transaction inside SQLite: then the batch has failed, not this write alone.
      if (!this.db.isTransaction) throw error
      this.db.exec('ROLLBACK TO one; RELEASE one')
      const plain = plainError(error, this.#path)
      return () => reject(plain)
    }
  }

  async close(): Promise<void> {
    if (!this.db.isOpen) return
    this.#flush()
    this.#refusal ??= new SecxopsError({
      code: 'unavailable',
      message: 'SecXOps is stopping and takes no more changes.',
    })
    this.db.close()
  }
}
