import type { WorkflowDocument, WorkflowDocumentState } from '@secxops/panels/host'
import type { WorkflowEdit } from '@secxops/protocol/workflow'
import type { DocumentChange } from '../webviews/contract.ts'
import { QUICK } from '../webviews/deadline.ts'
import type { PagePeer } from './page-peer.ts'

type Positions = WorkflowDocumentState['layout']['nodes']

/** A save may wait for formatters and for what the user says to a conflict. */
const SAVE = null

/**
 * The document port inside a page: shows what the extension host tells and sends it the edits. Moves are shown at once, so that
 * a dropped node does not jump back until the host has answered.
 */
export class MirrorDocument implements WorkflowDocument {
  readonly #peer: PagePeer
  readonly #listeners = new Set<() => void>()
  #told: WorkflowDocumentState
  #shown: WorkflowDocumentState
  #moved: Positions = {}
  /** Edits that the host has not answered yet. */
  #open = 0

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
    this.#open++
    for (const edit of edits) if (edit.type === 'move-nodes') this.#moved = { ...this.#moved, ...edit.positions }
    this.#show()
    const answered = (): void => {
      this.#open--
      if (this.#open === 0) this.#moved = {}
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
    const { layout, dirty } = this.#told
    const pending = this.#open > 0
    this.#shown = {
      ...this.#told,
      ...(pending ? { layout: { ...layout, nodes: { ...layout.nodes, ...this.#moved } } } : {}),
      // What is still on its way is not saved either: whoever needs the file saves first.
      dirty: dirty || pending,
    }
    for (const listener of [...this.#listeners]) listener()
  }
}
