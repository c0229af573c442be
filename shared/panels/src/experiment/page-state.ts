import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { useHost } from '../ui/host-context.ts'
import { EXPERIMENT_PARTS, type ExperimentPart } from './parts.ts'

/** What a reader chose on the page; stays over a reload. */
export interface PageState {
  /** One that the experiment does not have: its first. */
  part: ExperimentPart
  /** The trial shown beside. */
  trial?: number
  /** By column id; see `data/filter.ts`. */
  filters: Record<string, string>
  sort: { column: string; descending: boolean }
  /** Whether a column is shown, of those for which the reader chose it; see `table/visible-columns.ts`. */
  columns: Record<string, boolean>
  /** Trials that are compared. */
  compared: number[]
  /** Other experiments that are compared. */
  others: string[]
  /** Columns that are axes of the parallel coordinates, in the reader's order; none: the first ones. */
  axes: string[]
  /** Columns of the one or two parameters that the objective is shown over. */
  sliced: string[]
  /** Columns by whose scale the reader chose to be logarithmic or not. */
  log: Record<string, boolean>
  /** A trial is being made by hand: from this one, or from none (0). */
  adding?: number
  /** The trial whose log is to be brought into view, and how often that was asked. */
  logAsked?: { trial: number; times: number }
}

const START: PageState = {
  part: 'found',
  filters: {},
  sort: { column: 'number', descending: true },
  columns: {},
  compared: [],
  others: [],
  axes: [],
  sliced: [],
  log: {},
}

export interface Page extends PageState {
  set(change: Partial<PageState> | ((old: PageState) => Partial<PageState>)): void
}

/** Filters with one of them changed; without a text it goes. */
export function withFilter(
  filters: PageState['filters'],
  column: string,
  text: string | undefined,
): PageState['filters'] {
  const { [column]: _, ...others } = filters
  return text === undefined || text.trim() === '' ? others : { ...others, [column]: text }
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
