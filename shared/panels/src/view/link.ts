import type { ViewAddress } from '../host.ts'
import { parseAddress } from './address.ts'

/** Parameter that names a view; the rest of the view's address stands beside it. */
export const VIEW_PARAMETER = 'secxops-view'

/** Query of an address that opens a view, without the question mark. */
export function viewQuery({ view, ...rest }: ViewAddress): string {
  const parts = Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return String(new URLSearchParams([[VIEW_PARAMETER, view], ...parts]))
}

/** The view that a query names; undefined when it is none. */
export function linkedView(query: string): ViewAddress | undefined {
  const { [VIEW_PARAMETER]: view, version, trial, ...rest } = Object.fromEntries(new URLSearchParams(query))
  const number = view === 'artifact' && version !== undefined ? Number(version) : version
  return parseAddress({ ...rest, view, version: number, ...(trial === undefined ? {} : { trial: Number(trial) }) })
}
