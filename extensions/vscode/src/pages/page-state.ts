import { isRecord } from '../is-record.ts'
import type { EditorApi } from './editor-api.ts'

/** Grows when the panels' states change their shape; what an older extension kept is then dropped. */
const VERSION = 1

/** State of the page's panel, kept by the editor over hiding, moving and reloading; `kept`: what the serializer needs to find it again. */
export function pageState(
  api: EditorApi,
  kept: () => Record<string, unknown>,
): { get(): unknown; set(value: unknown): void } {
  const stored = api.getState()
  let panel = isRecord(stored) && stored.version === VERSION ? stored.panel : undefined
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
