import type { WorkflowDocument, WorkflowDocumentState } from '@secxops/panels/host'
import type { WorkflowEdit } from '@secxops/protocol/workflow'
import { applyEdit, startEdits } from '@secxops/protocol/workflow-edits'
import type { DocumentChange } from '../webviews/contract.ts'
import { QUICK } from '../webviews/deadline.ts'
import type { PagePeer } from './page-peer.ts'

/** A save may wait for formatters and for what the user says to a conflict. */
const SAVE = null

/**
 * The document port inside a page: shows what the extension host tells and sends it the edits. An edit is shown at once, so that a
 * dropped node does not jump back and a new one can be selected; the host's text decides as soon as it has answered.
 */
export class MirrorDocument implements WorkflowDocument {
  readonly #peer: PagePeer
  readonly #listeners = new Set<() => void>()
  #told: WorkflowDocumentState
  #shown: WorkflowDocumentState
  /** Edits that the host has not answered yet, in their order. */
  #open: WorkflowEdit[][] = []

  constructor(peer: PagePeer, state: WorkflowDocumentState) {
    this.#peer = peer
    this.#told = state
    this.#shown = state
  }

  state(): WorkflowDocumentState {
    return this.#shown
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  edit(edits: WorkflowEdit[], label: string): void {
    this.#open.push(edits)
    this.#show()
    const answered = (): void => {
      this.#open = this.#open.filter((open) => open !== edits)
      this.#show()
    }
    // A refusal is told to the user by the host.
    this.#peer.request('edit', { edits, label }, { deadline: QUICK }).then(answered, answered)
  }

  undo(): void {
    this.#peer.tell('undo', null)
  }

  redo(): void {
    this.#peer.tell('redo', null)
  }

  async save(): Promise<void> {
    await this.#peer.request('save', {}, { deadline: SAVE })
  }

  openText(line?: number): void {
    this.#peer.tell('openText', line === undefined ? {} : { line })
  }

  /** Takes what has changed in the host's document. */
  changed({ set, gone }: DocumentChange): void {
    this.#told = { ...this.#told, ...set }
    for (const key of gone) delete this.#told[key]
    this.#show()
  }

  #show(): void {
    // What is still on its way is not saved either: whoever needs the file saves first.
    this.#shown = this.#open.reduce(withEdits, { ...this.#told, dirty: this.#told.dirty || this.#open.length > 0 })
    for (const listener of [...this.#listeners]) listener()
  }
}

/** The picture after edits; as it was where they do not fit, or are in it already. The text is the host's. */
function withEdits(state: WorkflowDocumentState, edits: WorkflowEdit[]): WorkflowDocumentState {
  const edited = startEdits(state.workflow, state.layout)
  try {
    for (const edit of edits) applyEdit(edited, edit)
  } catch {
    return state
  }
  return { ...state, workflow: edited.workflow, layout: edited.layout }
}
