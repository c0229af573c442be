import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { useHost } from '../ui/host-context.ts'
import { EXPERIMENT_PARTS, type ExperimentPart } from './parts.ts'

/** What a reader chose on the page; stays over a reload. */
export interface PageState {
  part: ExperimentPart
  /** The trial shown beside. */
  trial?: number
  /** By column id; see `data/filter.ts`. */
  filters: Record<string, string>
  sort: { column: string; descending: boolean }
  /** Columns that are not shown, and the others in the order they were put in. */
  hidden: string[]
  /** Trials that are compared. */
  compared: number[]
  /** Other experiments that are compared. */
  others: string[]
  /** Axes of the parallel coordinates in the order they were put in, and those with a logarithmic scale. */
  axes: string[]
  log: string[]
  /** A trial is being made by hand: from this one, or from none (0). */
  adding?: number
  /** The trial whose log is to be brought into view, and how often that was asked. */
  logAsked?: { trial: number; times: number }
}

const START: PageState = {
  part: 'trials',
  filters: {},
  sort: { column: 'number', descending: true },
  hidden: ['reports', 'started', 'source', 'last'],
  compared: [],
  others: [],
  axes: [],
  log: [],
}

export interface Page extends PageState {
  set(change: Partial<PageState> | ((old: PageState) => Partial<PageState>)): void
}

const PageContext = createContext<Page | undefined>(undefined)
export const PageProvider = PageContext.Provider

export function usePage(): Page {
  const page = useContext(PageContext)
  if (!page) throw new Error('not inside an experiment page')
  return page
}

/** The page's state, begun with what was kept of this experiment and what the address names. */
export function usePageState(id: string, first: { part?: ExperimentPart; trial?: number }): Page {
  const host = useHost()
  const [state, setState] = useState<PageState>(() => ({ ...START, ...kept(host.state.get(), id), ...named(first) }))
  const set = useCallback(
    (change: Partial<PageState> | ((old: PageState) => Partial<PageState>)) =>
      setState((old) => ({ ...old, ...(typeof change === 'function' ? change(old) : change) })),
    [],
  )
  useEffect(() => host.state.set({ id, page: state }), [host, id, state])
  return useMemo(() => ({ ...state, set }), [state, set])
}

const named = ({ part, trial }: { part?: ExperimentPart; trial?: number }): Partial<PageState> => ({
  ...(part && EXPERIMENT_PARTS.includes(part) ? { part } : {}),
  ...(trial ? { trial } : {}),
})

/** What this page wrote itself, of the same experiment; each member only if it still has its form. */
function kept(stored: unknown, id: string): Partial<PageState> {
  if (typeof stored !== 'object' || stored === null || !('id' in stored) || stored.id !== id) return {}
  const page = 'page' in stored && typeof stored.page === 'object' && stored.page !== null ? stored.page : {}
  const same = Object.entries(page).filter(([key, value]) => {
    const example = START[key as keyof PageState]
    return key === 'trial' ? typeof value === 'number' : typeof value === typeof example
  })
  return Object.fromEntries(same)
}
