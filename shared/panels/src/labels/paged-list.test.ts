import { expect, test } from 'vitest'
import { PAGE, PagedList } from './paged-list.ts'

/** A list of numbered rows, and the pages that were read of it. */
function numbers(rows: number[]) {
  const pages: number[] = []
  const list = new PagedList<number>()
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  list.start(async (offset, limit) => {
    pages.push(offset / PAGE)
    return { total: rows.length, rows: rows.slice(offset, offset + limit) }
  })
  return { list, pages, settled }
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index)

test('only what is looked at is read, each page once', async () => {
  const { list, pages, settled } = numbers(upTo(100_000))
  await settled()
  list.see(50_040, 50_120)
  list.see(50_050, 50_130)
  await settled()
  expect(pages).toEqual([0, 500, 501])
  expect([list.total, list.at(3), list.at(50_101), list.at(200)]).toEqual([100_000, 3, 50_101, undefined])
})

test('rows that go let the others move up, and what is then missing is read at its new place', async () => {
  const rows = upTo(350)
  const { list, settled } = numbers(rows)
  await settled()
  list.see(0, 199)
  await settled()
  rows.splice(0, 50)
  list.update((row) => (row < 50 ? undefined : row))
  expect([list.total, list.at(0), list.at(149), list.at(150)]).toEqual([300, 50, 199, undefined])
  await settled()
  expect([list.at(150), list.at(199)]).toEqual([200, 249])
})

test('a page that fails is told and read again when it is looked at', async () => {
  const list = new PagedList<number>()
  let down = true
  list.start(async () => {
    if (down) throw new Error('no answer')
    return { total: 1, rows: [7] }
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(list.error?.message).toBe('no answer')
  down = false
  list.see(0, 10)
  await new Promise((resolve) => setImmediate(resolve))
  expect([list.error, list.at(0)]).toEqual([undefined, 7])
})

test('a list that is begun anew shows the rows of before until the new ones are there', async () => {
  const { list, settled } = numbers([1, 2, 3])
  await settled()
  list.start(async () => ({ total: 1, rows: [9] }))
  expect([list.total, list.at(0)]).toEqual([3, 1])
  await settled()
  expect([list.total, list.at(0), list.at(1)]).toEqual([1, 9, undefined])
})
