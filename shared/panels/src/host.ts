import type { Client } from '@secxops/client/client'
import type { NextAction, Problem } from '@secxops/protocol/errors'
import type { WorkflowEdit, WorkflowFile, WorkflowLayout } from '@secxops/protocol/workflow'
import type { ExperimentPart } from './experiment/parts.ts'

/** Something that can be dropped on a panel. */
export type Dropped =
  | { kind: 'module'; ref: string }
  /** A file or folder of the user, absolute path. */
  | { kind: 'path'; path: string }
  | { kind: 'artifact'; artifact: 'dataset' | 'model' | 'code'; name: string; version?: number }

/** A view of the backend that opens in the main area and can be restored by its address. */
export type ViewAddress =
  /** `part`: brought into view in the node; its log at the first error. */
  | { view: 'run'; runId: string; nodeId?: string; part?: 'log' }
  | { view: 'artifact'; kind: 'dataset' | 'model' | 'code'; name: string; version?: number }
  | { view: 'module'; name: string; version?: string }
  /** "Package as module" for a source. */
  | { view: 'package'; path: string }
  /**
   * A reference base; `part`: what is brought to the front; `node`: label of its taxonomy that is shown; `file` (absolute path, or
   * `NAME@3` of a dataset): it is asked how its texts are to be labelled.
   */
  | { view: 'base'; name: string; part?: BasePart; node?: number; file?: string }
  /** The texts of a labelled file, to be decided. */
  | { view: 'review'; jobId: string }
  /** An experiment; `part`: what is brought to the front; `trial`: the one that is looked at. */
  | { view: 'experiment'; id: string; part?: ExperimentPart; trial?: number }

/** Parts of the page of a reference base. */
export type BasePart = 'references' | 'taxonomy' | 'agreement' | 'changes'

/** MIME type under which panels put {@link Dropped} as JSON into a DOM drag. */
export const DROP_MIME = 'application/x-secxops'

/**
 * The only door of a panel to the editor it stands in. Four implementations: JupyterLab, VS Code webview, plain browser
 * page, scripted fake.
 */
export interface Host {
  readonly kind: 'jupyterlab' | 'vscode' | 'browser' | 'fake'
  readonly locale: 'en' | 'zh-CN'
  readonly client: Client
  /** Small state of the view, restored after a reload (JSON). */
  readonly state: { get(): unknown; set(value: unknown): void }
  openFile(path: string, at?: { line?: number; column?: number }): void
  openView(address: ViewAddress): void
  /**
   * Writes edits into a workflow file (absolute path) as one undo step of its document, and saves it unless there are other unsaved changes in
   * it. Rejects with `SecxopsError` when the file is no workflow now or they do not fit it; nothing has changed then.
   */
  editWorkflow(path: string, edits: WorkflowEdit[]): Promise<void>
  /** Web address that opens a view in this editor, for others to follow; absent where there is none. */
  linkTo?(address: ViewAddress): string
  /** Web address of a path of the backend, for a frame of a panel; absent where pages cannot reach it. */
  backendUrl?(path: string): string
  /** Opens a file or folder dialog of the editor; null when the user left it. Absolute path. */
  pickPath(options: { title: string; folder?: boolean }): Promise<string | null>
  /** One line of text from the user; null when left. */
  promptText(options: {
    title: string
    label: string
    value?: string
    check?(value: string): string | undefined
  }): Promise<string | null>
  /** Asks before something irreversible; `typed`: the user must type this name. */
  confirm(options: { title: string; message: string; action: string; typed?: string }): Promise<boolean>
  copy(text: string): void
  notify(level: 'info' | 'warning' | 'error', message: string, actions?: NextAction[]): void
  /** Does what a button of an error offers. */
  act(action: NextAction): void
  /** Makes an element accept drops from the editor's own lists (file browser, side bar). Returns the way to stop. */
  acceptDrops(element: HTMLElement, listener: DropListener): () => void
  /** Absolute path of the folder that new files go to by default. */
  readonly workspace: string
  /** Why nothing may be run from here, in words; absent: it may. */
  readonly restricted?: string | undefined
}

/** The port without what belongs to one view: what actions need that are no view's own. */
export type WindowHost = Omit<Host, 'state' | 'acceptDrops'>

export interface DropListener {
  /** Viewport coordinates; returns whether it would be taken. */
  over(item: Dropped | undefined, x: number, y: number): boolean
  leave(): void
  /** `at`: viewport coordinates; without them (a command, a key) it finds a free place. */
  drop(item: Dropped, at?: { x: number; y: number }): void
}

/** Parsed state of the workflow document that the canvas shows. */
export interface WorkflowDocumentState {
  /** Absolute path of the file. */
  path: string
  text: string
  /** Last good parse; stays while the text is broken, then `problems` says where. */
  workflow: WorkflowFile
  /** True when `text` itself does not parse: the canvas shows the last good graph, read-only. */
  broken: boolean
  /** YAML and schema problems of `text`, with line and column. */
  problems: Problem[]
  layout: WorkflowLayout
  dirty: boolean
  /** Label of what undo / redo would do, e.g. "Move train"; absent: nothing to undo. */
  undo?: string
  redo?: string
  /** The file changed on disk while it has unsaved changes here. */
  conflict: boolean
}

/**
 * A workflow document owned by the editor. The panel sends typed edits, the host applies them to the text
 * (`@secxops/protocol/workflow-document`) as one undo step and the changed state comes back. Layout moves stand in the same undo order.
 */
export interface WorkflowDocument {
  state(): WorkflowDocumentState
  subscribe(listener: () => void): () => void
  /** One undo step named `label`. */
  edit(edits: WorkflowEdit[], label: string): void
  undo(): void
  redo(): void
  save(): Promise<void>
  /** Opens the same document in the editor's text view, at a line if given. */
  openText(line?: number): void
}
