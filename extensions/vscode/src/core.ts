import type { WindowHost } from '@secxops/panels/host'
import { type ExtensionContext, type LogOutputChannel, window } from 'vscode'
import type { Backend } from './connection/backend.ts'

/** The host port of the panels without what belongs to one view; the answer of `check` may come from a page. */
export type EditorHost = Omit<WindowHost, 'promptText'> & {
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
  /** The extension's own log: what went wrong beside what the user is told. */
  readonly log: LogOutputChannel
  /** The window's one connection to the backend. */
  backend(): Promise<Backend>
  /** Calls back once there is a connection, which is when something first needed it. */
  onBackend(listener: (backend: Backend) => void): void
  host(): Promise<EditorHost>
}

export function createCore(context: ExtensionContext): Core {
  const log = window.createOutputChannel('SecXOps', { log: true })
  context.subscriptions.push(log)
  const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
    let made: Promise<T> | undefined
    return () => {
      made ??= make()
      return made
    }
  }
  const listeners: ((backend: Backend) => void)[] = []
  const backend = once(async () => {
    const { openBackend } = await import('./connection/open-backend.ts')
    const opened = openBackend(context, log)
    for (const listener of listeners) listener(opened)
    return opened
  })
  const host = once(async () => {
    const { createEditorHost } = await import('./vscode/editor-host.ts')
    return createEditorHost((await backend()).client)
  })
  return { context, log, backend, host, onBackend: (listener) => void listeners.push(listener) }
}
