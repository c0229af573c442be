import { URLExt } from '@jupyterlab/coreutils'
import type { ViewAddress } from '@secxops/panels/host'
import { VIEW_PARAMETER, viewQuery } from '@secxops/panels/view/link'

/** What a search string that names a view looks like. */
export const LINKED = new RegExp(`[?&]${VIEW_PARAMETER}=`)

/** Address of JupyterLab at `base` that opens a view. */
export const linkTo = (base: string, address: ViewAddress): string =>
  `${URLExt.join(base, 'lab')}?${viewQuery(address)}`
