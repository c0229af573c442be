import type { ViewAddress } from '@secxops/panels/host'
import { parseAddress, viewKey } from '@secxops/panels/view/address'
import { isRecord } from '../is-record.ts'
import type { EditorApi } from './editor-api.ts'

/** Grows when the panels' states change their shape; what an older extension kept is then dropped. */
const VERSION = 1

/**
 * State of the page's panel, kept by the editor over hiding, moving and reloading; `kept`: what the serializer needs to find it again. A
 * panel that shows another view than before begins without a state.
 */
export function pageState(
  api: EditorApi,
  kept: () => { address?: ViewAddress },
): { get(): unknown; set(value: unknown): void } {
  const stored = api.getState()
  const fits = isRecord(stored) && stored.version === VERSION && keyOf(stored.address) === keyOf(kept().address)
  let panel = fits ? stored.panel : undefined
  const write = (): void => api.setState({ version: VERSION, ...kept(), panel })
  write()
  return {
    get: () => panel,
    set(value) {
      panel = value
      write()
    },
  }
}

function keyOf(stored: unknown): string | undefined {
  const address = isRecord(stored) ? parseAddress(stored) : undefined
  return address && viewKey(address)
}
