import { useEffect } from 'react'
import type { PagedList } from './paged-list.ts'

/** Rows beyond the drawn ones that are read with them, so that going on by keys finds them there. */
const AHEAD = 40
/** Milliseconds for which the rows must stand still: what only flies by is not read. */
const STILL = 50

/** Tells a list which rows are drawn. */
export function useSeen<T>(list: PagedList<T>, first: number, last: number): void {
  useEffect(() => {
    const timer = setTimeout(() => list.see(Math.max(0, first - AHEAD), last + AHEAD), STILL)
    return () => clearTimeout(timer)
  }, [list, first, last])
}
