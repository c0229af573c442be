import type { Host } from '@secxops/panels/host'
import type { ExtensionContext } from 'vscode'
import type { Backend } from './connection/backend.ts'

/** The host port of the panels, as far as it is the same for every view of this window. */
export type EditorHost = Omit<Host, 'state' | 'acceptDrops' | 'promptText'> & {
  /** As the panels' own; the answer of `check` may come from a page. */
  promptText(options: {
    title: string
    label: string
    value?: string
    check?(value: string): string | undefined | Promise<string | undefined>
  }): Promise<string | null>
}

/** What the parts of the extension share. Nothing heavy is loaded before the first call. */
export interface Core {
  readonly context: ExtensionContext
  /** The window's one connection to the backend. */
  backend(): Promise<Backend>
  host(): Promise<EditorHost>
}

export function createCore(context: ExtensionContext): Core {
  const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
    let made: Promise<T> | undefined
    return () => {
      made ??= make()
      return made
    }
  }
  const backend = once(async () => {
    const { openBackend } = await import('./connection/open-backend.ts')
    return openBackend(context)
  })
  const host = once(async () => {
    const { createEditorHost } = await import('./vscode/editor-host.ts')
    return createEditorHost((await backend()).client)
  })
  return { context, backend, host }
}
