import type { Client } from '@secxops/client/client'
import { formatBytes } from '@secxops/panels/i18n/format'
import { collapseReturns, plainText } from '@secxops/panels/log/ansi'
import { errorBody } from '@secxops/panels/ui/error-body'
import { l10n, type Uri } from 'vscode'
import { logPlace } from './log-uri.ts'
import { type LogText, readLog } from './read-log.ts'

/** Milliseconds between two redraws of a document that grows. */
const PAUSE = 300

interface Open {
  text: string
  /** Resolves once there is a text. */
  first: Promise<void>
  stop: AbortController
}

/** Texts of the logs that are open as documents; each is followed until its attempt has ended or the document is closed. */
export class LogDocuments {
  readonly #client: Client
  readonly #changed: (uri: Uri) => void
  readonly #open = new Map<string, Open>()

  /** `changed`: called when the text of a document is to be asked for again. */
  constructor(client: Client, changed: (uri: Uri) => void) {
    this.#client = client
    this.#changed = changed
  }

  async text(uri: Uri): Promise<string> {
    const key = uri.toString()
    const open = this.#open.get(key) ?? this.#follow(uri)
    this.#open.set(key, open)
    await open.first
    return open.text
  }

  close(uri: Uri): void {
    this.#open.get(uri.toString())?.stop.abort()
    this.#open.delete(uri.toString())
  }

  dispose(): void {
    for (const { stop } of this.#open.values()) stop.abort()
    this.#open.clear()
  }

  #follow(uri: Uri): Open {
    const stop = new AbortController()
    const open: Open = { text: '', first: Promise.resolve(), stop }
    let waiting = false
    open.first = new Promise((resolve) => {
      const show = (text: string): void => {
        open.text = text
        resolve()
        if (waiting) return
        waiting = true
        setTimeout(() => {
          waiting = false
          if (!stop.signal.aborted) this.#changed(uri)
        }, PAUSE)
      }
      void this.#read(uri, (log) => show(textOf(log)), stop.signal).catch((error: unknown) => {
        if (stop.signal.aborted) return resolve()
        show(`${open.text}\n[${errorBody(error).message}]\n`)
      })
    })
    return open
  }

  /** Reads to the end of the attempt, also over a time without a backend. */
  async #read(uri: Uri, tell: (log: LogText) => void, signal: AbortSignal): Promise<void> {
    const place = logPlace(uri)
    if (!place) throw new Error(l10n.t('{0} is no address of a log.', uri.toString()))
    for (;;) {
      try {
        return await readLog(this.#client, place, tell, signal)
      } catch (error) {
        if (signal.aborted || errorBody(error).code !== 'unavailable') throw error
        await connected(this.#client, signal)
      }
    }
  }
}

/** Resolves when the connection opens the next time, or `signal` is aborted. */
function connected(client: Client, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.subscribe({ connection: ({ state }) => state === 'open' && done() })
    const done = (): void => {
      stop()
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}

/** Colours and cursor moves of terminals mean nothing in a document. */
function textOf({ text, skipped }: LogText): string {
  const lines = text.split('\n').map((line) => plainText(collapseReturns(line)))
  if (skipped > 0)
    lines.unshift(`[${l10n.t('{0} before this are left out; the run view shows all.', formatBytes(skipped))}]`)
  return lines.join('\n')
}
