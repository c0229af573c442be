import type { YFile } from '@jupyter/ydoc'
import { textChange } from '@secxops/protocol/text-change'
import type { WorkflowEdit, WorkflowLayout } from '@secxops/protocol/workflow'
import { editWorkflow } from '@secxops/protocol/workflow-document'
import type * as Y from 'yjs'
import { UndoLabels } from './undo-labels.ts'

type Positions = WorkflowLayout['nodes']

/**
 * Text and layout of one workflow inside JupyterLab's shared model. The layout is a map beside the text in the same shared
 * document and in the scope of the same undo manager: a move and an edit stand in one undo order. Only the text makes
 * the document dirty.
 */
export class SharedWorkflow {
  readonly labels: UndoLabels
  readonly #file: YFile
  readonly #positions: Y.Map<Positions[string]>

  /** `changed`: what undo or redo would do has changed. */
  constructor(file: YFile, unnamedStep: string, changed: () => void) {
    this.#file = file
    this.#positions = file.ydoc.getMap('secxops-layout')
    file.undoManager.addToScope(this.#positions)
    this.labels = new UndoLabels(file.undoManager, unnamedStep, changed)
  }

  get text(): string {
    return this.#file.getSource()
  }

  get layout(): WorkflowLayout {
    return { version: 1, nodes: Object.fromEntries(this.#positions.entries()) }
  }

  /** Applies edits of the canvas as one undo step. Edits that leave everything as it was make none. */
  edit(edits: WorkflowEdit[], label: string): void {
    const before = { text: this.text, layout: this.layout }
    const after = editWorkflow(before.text, before.layout, edits)
    const manager = this.#file.undoManager
    manager.stopCapturing()
    this.labels.step(label, () => {
      this.#file.transact(() => {
        if (after.text !== before.text) this.#splice(before.text, after.text)
        this.#place(after.layout.nodes)
      })
    })
    manager.stopCapturing()
    if (after.text !== before.text) this.#file.dirty = true
  }

  undo(): void {
    this.#step(this.labels.undo, () => this.#file.undoManager.undo())
  }

  redo(): void {
    this.#step(this.labels.redo, () => this.#file.undoManager.redo())
  }

  /** Takes positions as they were read from disk; no undo step. */
  loadLayout(layout: WorkflowLayout): void {
    this.#file.transact(() => this.#place(layout.nodes), false)
  }

  /** Calls back when text or positions changed, by whomever. */
  observe(text: () => void, layout: () => void): () => void {
    const { ysource } = this.#file
    ysource.observe(text)
    this.#positions.observe(layout)
    return () => {
      ysource.unobserve(text)
      this.#positions.unobserve(layout)
    }
  }

  #step(label: string | undefined, change: () => unknown): void {
    const before = this.text
    this.labels.step(label, change)
    if (this.text !== before) this.#file.dirty = true
  }

  #splice(before: string, after: string): void {
    const { offset, deleteCount, insert } = textChange(before, after)
    this.#file.ysource.delete(offset, deleteCount)
    this.#file.ysource.insert(offset, insert)
  }

  #place(nodes: Positions): void {
    for (const id of [...this.#positions.keys()]) if (!(id in nodes)) this.#positions.delete(id)
    for (const [id, at] of Object.entries(nodes)) {
      const now = this.#positions.get(id)
      if (now?.x !== at.x || now.y !== at.y) this.#positions.set(id, { x: at.x, y: at.y })
    }
  }
}
