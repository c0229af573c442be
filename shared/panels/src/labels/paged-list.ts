import type { ErrorBody } from '@secxops/protocol/errors'
import { errorBody } from '../ui/error-body.ts'

/** Rows that are read at once. */
export const PAGE = 100

/** Answers the rows from `offset` on, `limit` at most, and how many there are in all. */
export type ReadPage<T> = (
  offset: number,
  limit: number,
  signal: AbortSignal,
) => Promise<{ total: number; rows: readonly T[] }>

/** A long list of the backend of which only what is looked at is read, page by page. */
export class PagedList<T> {
  /** Undefined until the first page is there. */
  total: number | undefined
  /** Of the newest page that could not be read. */
  error: ErrorBody | undefined
  #rows: (T | undefined)[] = []
  #read: ReadPage<T> | undefined
  #abort = new AbortController()
  #asked = new Set<number>()
  #seen = { first: 0, last: PAGE - 1 }
  /** The rows are still those of the list before. */
  #old = false
  #version = 0
  #listeners = new Set<() => void>()

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  version = (): number => this.#version

  at(index: number): T | undefined {
    return this.#rows[index]
  }

  /** Begins another list at its top; what was known stays until the first new page is there. */
  start(read: ReadPage<T>): void {
    this.#read = read
    this.#seen = { first: 0, last: PAGE - 1 }
    this.refresh()
  }

  stop(): void {
    this.#abort.abort()
  }

  /** Reads all that is seen again; what is known stays until then. */
  refresh(): void {
    this.#again()
    this.#old = true
    this.#load()
  }

  /** Says which rows are looked at: what is missing among them is read. */
  see(first: number, last: number): void {
    this.#seen = { first, last }
    this.#load()
  }

  /** Changes known rows in place; those for which `change` gives undefined go, and what follows moves up. */
  update(change: (row: T) => T | undefined): void {
    const rows: (T | undefined)[] = []
    let gone = 0
    for (const [index, row] of this.#rows.entries()) {
      const next = row === undefined ? undefined : change(row)
      if (row !== undefined && next === undefined) gone++
      else rows[index - gone] = next
    }
    this.#rows = rows
    if (gone > 0) {
      this.total = (this.total ?? gone) - gone
      // Answers on their way have the places of before.
      this.#again()
      for (let page = 0; page * PAGE < this.total; page++) if (this.#isFull(page)) this.#asked.add(page)
      this.#load()
    }
    this.#changed()
  }

  #isFull(page: number): boolean {
    const end = Math.min((page + 1) * PAGE, this.total ?? 0)
    for (let index = page * PAGE; index < end; index++) if (this.#rows[index] === undefined) return false
    return true
  }

  /** Drops what is on its way. */
  #again(): void {
    this.#abort.abort()
    this.#abort = new AbortController()
    this.#asked.clear()
  }

  #load(): void {
    const last = Math.min(this.#seen.last, this.#old || this.total === undefined ? this.#seen.last : this.total - 1)
    for (let page = Math.floor(this.#seen.first / PAGE); page * PAGE <= last; page++) this.#ask(page)
  }

  #ask(page: number): void {
    if (this.#asked.has(page) || !this.#read) return
    this.#asked.add(page)
    const { signal } = this.#abort
    this.#read(page * PAGE, PAGE, signal).then(
      ({ total, rows }) => {
        if (signal.aborted) return
        if (this.#old) this.#rows = []
        this.#old = false
        this.error = undefined
        this.total = total
        this.#rows.length = Math.min(this.#rows.length, total)
        for (const [index, row] of rows.entries()) this.#rows[page * PAGE + index] = row
        this.#changed()
      },
      (failure: unknown) => {
        if (signal.aborted) return
        this.#asked.delete(page)
        this.error = errorBody(failure)
        this.#changed()
      },
    )
  }

  #changed(): void {
    this.#version++
    for (const listener of [...this.#listeners]) listener()
  }
}
