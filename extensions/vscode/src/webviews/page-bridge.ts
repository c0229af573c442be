import type { Client } from '@secxops/client/client'
import type { Dropped, ViewAddress } from '@secxops/panels/host'
import type { LabelTask } from '@secxops/panels/labels/label/task'
import type { FileList } from '@secxops/panels/sidebar/use-files'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import type { TextChange } from '@secxops/protocol/text-change'
import type { WorkflowEdit } from '@secxops/protocol/workflow'
import type { EditorHost } from '../core.ts'
import type { DocumentChange, HostSide, PageSide, PageStart, SharedText, Shown } from './contract.ts'
import { QUICK } from './deadline.ts'
import { EventBatch } from './event-batch.ts'
import { type Message, Peer } from './peer.ts'

/** The document that a page edits, as its extension host knows it. */
export interface BridgedDocument {
  /** Of a workflow. */
  edit?(edits: WorkflowEdit[], label: string): Promise<void>
  /** Of any text: false where the version is not that of the text now. */
  replace?(change: TextChange, version: number): Promise<boolean>
  undo(): void
  redo(): void
  save(): Promise<void>
  openText(line?: number): void
}

export interface BridgeParts {
  /** Sends a message to the page; it is lost when there is none. */
  post(message: Message): void
  host: EditorHost
  /** The host's client, or one that adds to its answers. */
  client: Client
  /** Why nothing may be run in this window, in words. */
  restricted(): string | undefined
  /** What links to views begin with; undefined where no link leads back to this window. */
  links(): string | undefined
  /** What the page shows at the moment it has loaded. */
  shown(): Shown
  document?: BridgedDocument
  /** Called when the user has typed something into the page. */
  edited?(): void
  /** Called when the user goes back to the editor. */
  leave?(): void
  /** Module files that the page offers. */
  modules?: FileList
}

const gone = (): SecxopsError => new SecxopsError({ code: 'unavailable', message: 'The page was closed.' })

/** The extension host's end of the line to one webview, over all pages that are loaded into it one after the other. */
export class PageBridge {
  readonly #parts: BridgeParts
  readonly #peer: Peer<HostSide, PageSide>
  readonly #events: EventBatch
  #stop: (() => void) | undefined
  /** Called when a page has loaded. */
  #waiting: (() => void)[] = []

  constructor(parts: BridgeParts) {
    this.#parts = parts
    const { host, client, document, modules } = parts
    const nothing = (): never => {
      throw new SecxopsError({ code: 'bad-request', message: 'This page has no document.' })
    }
    this.#peer = new Peer<HostSide, PageSide>((message) => parts.post(message), {
      handlers: {
        ready: () => this.#start(),
        call: ({ route, input }, { signal }) => client.call(route, input as never, { signal }),
        pickPath: (options) => host.pickPath(options),
        promptText: ({ dialog, checked, ...options }) =>
          host.promptText({ ...options, ...(checked ? { check: (value) => this.#check(dialog, value) } : {}) }),
        confirm: (options) => host.confirm(options),
        edit: async ({ edits, label }) => {
          await (document?.edit ?? nothing)(edits, label)
          return null
        },
        replace: ({ change, version }) => (document?.replace ?? nothing)(change, version),
        save: async () => {
          await (document ?? nothing()).save()
          return null
        },
        editWorkflow: async ({ path, edits }) => {
          await host.editWorkflow(path, edits)
          return null
        },
        modules: async () => (await modules?.list()) ?? [],
      },
      listeners: {
        // Whatever the page before it had asked for is of no interest any more.
        hello: () => this.unload(),
        reconnect: () => client.reconnect(),
        openFile: ({ path, ...at }) => host.openFile(path, at),
        openView: (address) => host.openView(address),
        copy: (text) => host.copy(text),
        notify: ({ level, message, actions }) => host.notify(level, message, actions),
        act: (action) => host.act(action),
        undo: () => document?.undo(),
        redo: () => document?.redo(),
        openText: ({ line }) => document?.openText(line),
        edited: () => parts.edited?.(),
        leave: () => parts.leave?.(),
        failed: (words) => console.error(`SecXOps page: ${words}`),
      },
    })
    this.#events = new EventBatch((events) => this.#peer.tell('events', events))
  }

  receive(message: unknown): void {
    this.#peer.receive(message)
  }

  /** Leads an open view to another version or node. */
  lead(address: ViewAddress): void {
    if (this.#stop) this.#peer.tell('address', address)
  }

  /** Gives a page another text to be labelled; one that has not loaded asks for it when it has. */
  label(task: LabelTask): void {
    if (this.#stop) this.#peer.tell('task', task)
  }

  /** Tells a change of the document; a page that has not loaded gets the whole picture when it has. */
  changed(change: DocumentChange): void {
    if (this.#stop) this.#peer.tell('document', change)
  }

  /** Tells the text file as it is now. */
  text(text: SharedText): void {
    if (this.#stop) this.#peer.tell('text', text)
  }

  /** Takes something into the page's canvas, once it has loaded; false when it cannot. */
  async add(item: Dropped): Promise<boolean> {
    return (await this.#ready()) && this.#peer.request('add', item, { deadline: QUICK })
  }

  /** True while a page is there and has got its picture. */
  get loaded(): boolean {
    return this.#stop !== undefined
  }

  /** The page is gone (hidden without its context, or closed): nothing is sent until one loads again. */
  unload(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#events.dispose()
    this.#peer.reset(gone())
  }

  /** Whether a page has loaded; waits for one that does. */
  async #ready(): Promise<boolean> {
    if (this.#stop) return true
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(false), QUICK)
      this.#waiting.push(() => {
        clearTimeout(late)
        resolve(true)
      })
    })
  }

  #start(): PageStart {
    const { host, client, shown, restricted, links, modules } = this.#parts
    this.#stop?.()
    const stopEvents = client.subscribe({
      event: (event) => this.#events.add(event),
      connection: (connection, fresh) => this.#peer.tell('connection', { connection, fresh }),
    })
    const stopModules = modules?.onChange(() => this.#peer.tell('modules', null))
    this.#stop = () => {
      stopEvents()
      stopModules?.()
    }
    for (const start of this.#waiting.splice(0)) start()
    return {
      locale: host.locale,
      workspace: host.workspace,
      connection: client.connection,
      restricted: restricted(),
      links: links(),
      shown: shown(),
    }
  }

  async #check(dialog: number, value: string): Promise<string | undefined> {
    return (await this.#peer.request('check', { dialog, value }, { deadline: QUICK }).catch(() => null)) ?? undefined
  }
}
