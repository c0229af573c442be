import { useMemo, useState } from 'react'
import { plainText } from './ansi.ts'
import type { LogLine } from './log-window.ts'

export interface LogSearch {
  query: string
  setQuery(query: string): void
  /** Lower-case text to mark. */
  mark: string
  /** Indexes of lines that contain it. */
  hits: number[]
  /** Place in `hits` that is shown. */
  at: number
  /** Goes on by `step` hits, round the end, and answers the line to show. */
  go(step: number): number | undefined
}

/** Case-insensitive search in the loaded lines, without their escapes. */
export function useLogSearch(lines: LogLine[]): LogSearch {
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const mark = query.toLowerCase()
  const hits = useMemo(
    () => (mark === '' ? [] : lines.flatMap((line, index) => (contains(line.text, mark) ? [index] : []))),
    [lines, mark],
  )
  return {
    query,
    setQuery: (text) => {
      setQuery(text)
      setAt(0)
    },
    mark,
    hits,
    at: Math.min(at, Math.max(0, hits.length - 1)),
    go(step) {
      if (hits.length === 0) return undefined
      const next = (at + step + hits.length) % hits.length
      setAt(next)
      return hits[next]
    },
  }
}

const contains = (text: string, mark: string): boolean => plainText(text).toLowerCase().includes(mark)
