import type { YFile } from '@jupyter/ydoc'
import type { DocumentRegistry } from '@jupyterlab/docregistry'
import type { Contents } from '@jupyterlab/services'
import type { WorkflowDocument, WorkflowDocumentState } from '@secxops/panels/host'
import { layoutText } from '@secxops/protocol/layout-file'
import type { WorkflowEdit, WorkflowFile } from '@secxops/protocol/workflow'
import { parseWorkflow } from '@secxops/protocol/workflow-document'
import { DiskWatch } from './disk-watch.ts'
import { readLayout, writeLayout } from './layout-file.ts'
import { SharedWorkflow } from './shared-document.ts'

/** Moves are written this many milliseconds after the last one. */
const LAYOUT_PAUSE = 800

export interface DocumentParts {
  context: DocumentRegistry.Context
  contents: Contents.IManager
  /** Contents path → absolute path. */
  absolute(path: string): string
  openText(path: string, line?: number): void
  /** Name of an undo step that was typed in the text view. */
  unnamedStep: string
}

const documents = new WeakMap<DocumentRegistry.Context, Promise<LabWorkflowDocument>>()

/** The document port of a file; every view of the file gets the same one. It ends with the document's context. */
export function workflowDocument(parts: DocumentParts): Promise<LabWorkflowDocument> {
  let document = documents.get(parts.context)
  if (!document) {
    document = LabWorkflowDocument.open(parts)
    documents.set(parts.context, document)
  }
  return document
}

/** {@link WorkflowDocument} over JupyterLab's shared text model. Opening writes nothing. */
export class LabWorkflowDocument implements WorkflowDocument {
  readonly #parts: DocumentParts
  readonly #shared: SharedWorkflow
  readonly #disk: DiskWatch
  readonly #listeners = new Set<() => void>()
  readonly #stopObserving: () => void
  #workflow: WorkflowFile = { apiVersion: 'secxops/v1', kind: 'Workflow', nodes: {} }
  #state: WorkflowDocumentState | undefined
  /** Text of the layout as it is on disk; undefined: unknown, then it is not written. */
  #layoutOnDisk: string | undefined
  #layoutTimer: ReturnType<typeof setTimeout> | undefined

  private constructor(parts: DocumentParts) {
    this.#parts = parts
    const { context } = parts
    this.#shared = new SharedWorkflow(context.model.sharedModel as YFile, parts.unnamedStep, this.#tell)
    this.#disk = new DiskWatch(context, parts.contents, this.#tell)
    this.#stopObserving = this.#shared.observe(this.#tell, this.#layoutChanged)
    context.model.stateChanged.connect(this.#tell)
    context.pathChanged.connect(this.#tell)
    context.fileChanged.connect(this.#tell)
    context.disposed.connect(() => this.#dispose())
  }

  static async open(parts: DocumentParts): Promise<LabWorkflowDocument> {
    await parts.context.ready
    const file = parts.context.model.sharedModel as YFile
    // Loading the file counts as a change for the undo manager: undoing it would leave an empty document.
    if (!parts.context.model.dirty && file.undoManager.undoStack.length === 1) file.clearUndoHistory()
    const document = new LabWorkflowDocument(parts)
    await document.#readLayout()
    return document
  }

  state(): WorkflowDocumentState {
    this.#state ??= this.#read()
    return this.#state
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  edit(edits: WorkflowEdit[], label: string): void {
    this.#shared.edit(edits, label)
  }

  undo(): void {
    this.#shared.undo()
  }

  redo(): void {
    this.#shared.redo()
  }

  async save(): Promise<void> {
    await this.#parts.context.save()
  }

  openText(line?: number): void {
    this.#parts.openText(this.#parts.context.path, line)
  }

  #read(): WorkflowDocumentState {
    const { context, absolute } = this.#parts
    const path = absolute(context.path)
    const { text, layout, labels } = this.#shared
    const { workflow, problems } = parseWorkflow(text, path)
    if (workflow) this.#workflow = workflow
    return {
      path,
      text,
      workflow: this.#workflow,
      broken: !workflow,
      problems,
      layout,
      dirty: context.model.dirty,
      undo: labels.undo,
      redo: labels.redo,
      conflict: this.#disk.conflict,
    }
  }

  readonly #tell = (): void => {
    this.#state = undefined
    for (const listener of [...this.#listeners]) listener()
  }

  readonly #layoutChanged = (): void => {
    this.#tell()
    clearTimeout(this.#layoutTimer)
    this.#layoutTimer = setTimeout(() => void this.#writeLayout(), LAYOUT_PAUSE)
  }

  async #readLayout(): Promise<void> {
    const layout = await readLayout(this.#parts.contents, this.#parts.context.path)
    this.#layoutOnDisk = layout && layoutText(layout)
    if (layout) this.#shared.loadLayout(layout)
  }

  async #writeLayout(): Promise<void> {
    const text = layoutText(this.#shared.layout)
    if (this.#layoutOnDisk === undefined || this.#layoutOnDisk === text || !this.#parts.context.canSave) return
    this.#layoutOnDisk = text
    await writeLayout(this.#parts.contents, this.#parts.context.path, text)
  }

  #dispose(): void {
    clearTimeout(this.#layoutTimer)
    void this.#writeLayout()
    this.#stopObserving()
    this.#shared.labels.dispose()
    this.#disk.dispose()
    this.#listeners.clear()
  }
}
