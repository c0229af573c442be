import type { Connection } from '@secxops/client/client'
import type { Dropped, Host, ViewAddress, WorkflowDocumentState } from '@secxops/panels/host'
import type { LabelTask } from '@secxops/panels/labels/label/task'
import type { FileEntry } from '@secxops/panels/sidebar/model'
import type { TextDocumentState } from '@secxops/panels/text-document/text-document'
import type { NextAction } from '@secxops/protocol/errors'
import type { ServerEvent } from '@secxops/protocol/events'
import type { RouteName } from '@secxops/protocol/routes'
import type { TextChange } from '@secxops/protocol/text-change'
import type { WorkflowEdit } from '@secxops/protocol/workflow'

/** What a page shows: a view of the backend, the document that it edits, or a text that is labelled. */
export type Shown =
  | { address: ViewAddress }
  | { document: WorkflowDocumentState }
  | { text: SharedText }
  | { task: LabelTask }

/** A text file of the editor; `version` grows with every change of its text. */
export type SharedText = TextDocumentState & { version: number }

/** The whole picture, given to a page whenever it has loaded. */
export interface PageStart {
  locale: Host['locale']
  workspace: string
  connection: Connection
  /** Why nothing may be run, in words; absent: it may. */
  restricted?: string | undefined
  /** What links to views begin with; absent where no link leads back to this window. */
  links?: string | undefined
  shown: Shown
}

/** What has changed in a document; a key whose value went away stands in `gone`, as messages carry no undefined. */
export interface DocumentChange {
  set: Partial<WorkflowDocumentState>
  gone: (keyof WorkflowDocumentState)[]
}

/** What the extension host does for a page. */
export interface HostSide {
  methods: {
    /** The page has loaded and hears everything from now on. */
    ready(params: Record<string, never>): PageStart
    call(params: { route: RouteName; input: unknown }): unknown
    pickPath(params: { title: string; folder?: boolean }): string | null
    /** `checked`: every value is asked about by the page's `check` under `dialog`. */
    promptText(params: {
      title: string
      label: string
      value?: string
      dialog: number
      checked: boolean
    }): string | null
    confirm(params: { title: string; message: string; action: string; typed?: string }): boolean
    /** Resolves when the text has the edits and the page has been told. */
    edit(params: { edits: WorkflowEdit[]; label: string }): null
    /** Does one change to the text of a version; false: the text is another one by now. */
    replace(params: { change: TextChange; version: number }): boolean
    save(params: Record<string, never>): null
    editWorkflow(params: { path: string; edits: WorkflowEdit[] }): null
    /** Module files of the open folders. */
    modules(params: Record<string, never>): FileEntry[]
  }
  events: {
    /** A page has been loaded and asks next for its picture. */
    hello: null
    reconnect: null
    openFile: { path: string; line?: number; column?: number }
    openView: ViewAddress
    copy: string
    notify: { level: 'info' | 'warning' | 'error'; message: string; actions: NextAction[] }
    act: NextAction
    undo: null
    redo: null
    openText: { line?: number }
    /** The user goes back to the editor. */
    leave: null
    /** The user has typed something into the page since it was loaded. */
    edited: null
    /** Something in the page failed that nobody there handles. */
    failed: string
  }
}

/** What a page does for the extension host. */
export interface PageSide {
  methods: {
    /** What is wrong with a text that is being typed into an input box of the editor. */
    check(params: { dialog: number; value: string }): string | null
    /** Takes something into the canvas as if it were dropped in its middle; false: it is not possible now. */
    add(params: Dropped): boolean
  }
  events: {
    connection: { connection: Connection; fresh: boolean }
    /** In the order they came. */
    events: ServerEvent[]
    document: DocumentChange
    /** The text file as it is now. */
    text: SharedText
    /** A module file of the open folders came, went or changed. */
    modules: null
    /** The view was asked for again with another version or node. */
    address: ViewAddress
    /** Another text is to be labelled. */
    task: LabelTask
  }
}
