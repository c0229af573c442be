import { URLExt } from '@jupyterlab/coreutils'
import type { ViewAddress } from '@secxops/panels/host'
import { parseAddress } from '@secxops/panels/view/address'

/** Parameter of JupyterLab's address that names a view; the rest of the view's address stands beside it. */
const VIEW = 'secxops-view'

/** What a search string that names a view looks like. */
export const LINKED = new RegExp(`[?&]${VIEW}=`)

/** Address of JupyterLab at `base` that opens a view. */
export function linkTo(base: string, { view, ...rest }: ViewAddress): string {
  const parts = Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return `${URLExt.join(base, 'lab')}?${new URLSearchParams([[VIEW, view], ...parts])}`
}

/** The view that a search string names; undefined when it is none. */
export function linkedView(search: string): ViewAddress | undefined {
  const { [VIEW]: view, version, ...rest } = Object.fromEntries(new URLSearchParams(search))
  const number = view === 'artifact' && version !== undefined ? Number(version) : version
  return parseAddress({ ...rest, view, version: number })
}
