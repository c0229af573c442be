import type { WorkflowDocumentState } from '@secxops/panels/host'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { textChange } from '@secxops/protocol/text-change'
import type { WorkflowEdit, WorkflowFile, WorkflowLayout } from '@secxops/protocol/workflow'
import { editWorkflow, parseWorkflow } from '@secxops/protocol/workflow-document'
import { fingerprint } from './fingerprint.ts'
import { History, type Step } from './history.ts'
import { type Moves, moved, movesBetween } from './moves.ts'
import type { TextBuffer } from './text-buffer.ts'

type Parsed = Pick<WorkflowDocumentState, 'text' | 'broken' | 'problems' | 'workflow'>

/** Beyond this the text does not travel to the canvas, which could not read it anyway. */
const MOST_TEXT = 1_000_000
/** Tries of an edit while somebody else is typing into the same text. */
const TRIES = 3

export interface ModelOptions {
  /** Name of an undo step that was typed in the text view. */
  unnamedStep: string
  /** Positions have changed by an edit here. */
  layoutChanged(): void
}

/**
 * One workflow document of the editor with its layout and the order of its undo steps; every canvas of the file shows the same one. The text belongs to
 * the editor: edits go into it and the model follows what comes back.
 */
export class WorkflowModel {
  readonly #buffer: TextBuffer
  readonly #options: ModelOptions
  readonly #history = new History()
  readonly #listeners = new Set<() => void>()
  #workflow: WorkflowFile = { apiVersion: 'secxops/v1', kind: 'Workflow', nodes: {} }
  /** At once and not when it is asked for: while the text is broken, the graph before stays. */
  #parsed: Parsed
  #state: WorkflowDocumentState | undefined
  #layout: WorkflowLayout = { version: 1, nodes: {} }
  /** Of the text as it was last told. */
  #known: string
  /** The step that our own edit is about to make. */
  #expected: { text: string; label: string; moves: Moves } | undefined
  #work: Promise<unknown> = Promise.resolve()

  constructor(buffer: TextBuffer, options: ModelOptions) {
    this.#buffer = buffer
    this.#options = options
    this.#known = fingerprint(buffer.text())
    this.#parsed = this.#parse()
    // What was typed before the canvas was there can be undone too; into what, only the editor knows.
    if (buffer.dirty()) this.#history.push(this.#unnamed('', this.#known))
  }

  state(): WorkflowDocumentState {
    this.#state ??= {
      path: this.#buffer.path,
      ...this.#parsed,
      layout: this.layout,
      dirty: this.#buffer.dirty(),
      undo: this.#history.past?.label,
      redo: this.#history.future?.label,
      conflict: this.#buffer.conflict(),
    }
    return this.#state
  }

  get layout(): WorkflowLayout {
    return this.#layout
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Does edits of the canvas as one undo step, after those that were asked for before. Rejects with `SecxopsError` when they do
   * not fit the text as it is then; nothing has changed in that case.
   */
  edit(edits: WorkflowEdit[], label: string): Promise<void> {
    return this.#next(async () => {
      for (let attempt = 1; ; attempt++) {
        const before = this.#buffer.text()
        const after = editWorkflow(before, this.layout, edits)
        const moves = movesBetween(this.#layout.nodes, after.layout.nodes)
        if (after.text === before) {
          if (Object.keys(moves).length > 0) this.#move(label, moves)
          return
        }
        this.#expected = { text: after.text, label, moves }
        try {
          if (await this.#buffer.replace(textChange(before, after.text))) return
        } finally {
          this.#expected = undefined
        }
        if (attempt === TRIES) throw refused()
      }
    })
  }

  /** Takes the newest step back, whichever view made it. */
  undo(): Promise<void> {
    return this.#next(async () => {
      const step = this.#history.past
      const before = this.#known
      if (!step || step.text) await this.#buffer.undo()
      if (step && this.#known === before) this.#step(this.#history.back(this.#layout.nodes))
    })
  }

  redo(): Promise<void> {
    return this.#next(async () => {
      const step = this.#history.future
      const before = this.#known
      if (!step || step.text) await this.#buffer.redo()
      if (step && this.#known === before) this.#step(this.#history.forth(this.#layout.nodes))
    })
  }

  /** Saves after everything that was asked for before. */
  async save(): Promise<void> {
    const saved = await this.#next(() => this.#buffer.save())
    if (!saved) throw notSaved()
  }

  /** The text has changed: by an edit of ours, by typing, by undo or redo of the editor, or because the file was read again. */
  textChanged(reason: 'undo' | 'redo' | undefined): void {
    const before = this.#known
    const text = this.#buffer.text()
    this.#known = fingerprint(text)
    if (this.#known !== before) {
      const expected = this.#expected
      const own = expected !== undefined && sameLines(expected.text, text)
      const step = this.#unnamed(before, this.#known)
      if (reason === 'undo')
        this.#place(this.#history.undone(this.#known, this.#unnamed(this.#known, before), this.#layout.nodes))
      else if (reason === 'redo') this.#place(this.#history.redone(this.#known, step, this.#layout.nodes))
      else if (own) {
        this.#history.push({ ...step, label: expected.label, moves: expected.moves })
        this.#place(moved(this.#layout.nodes, expected.moves))
      } else this.#history.push(step)
      this.#parsed = this.#parse()
    }
    this.settled()
  }

  /** Saved, reverted, in conflict or out of it. */
  settled(): void {
    this.#state = undefined
    for (const listener of [...this.#listeners]) listener()
  }

  /** Takes positions as they were read from disk; no undo step. */
  loadLayout(layout: WorkflowLayout): void {
    this.#layout = layout
    this.settled()
  }

  #parse(): Parsed {
    const text = this.#buffer.text()
    const { workflow, problems } = parseWorkflow(text, this.#buffer.path)
    if (workflow) this.#workflow = workflow
    return {
      text: text.length > MOST_TEXT ? '' : text,
      broken: !workflow,
      problems,
      workflow: this.#workflow,
    }
  }

  #move(label: string, moves: Moves): void {
    this.#history.push({ label, moves })
    this.#step(moved(this.#layout.nodes, moves))
  }

  #step(positions: WorkflowLayout['nodes']): void {
    this.#place(positions)
    this.settled()
  }

  #place(positions: WorkflowLayout['nodes']): void {
    if (positions === this.#layout.nodes) return
    this.#layout = { version: 1, nodes: positions }
    this.#options.layoutChanged()
  }

  #unnamed(before: string, after: string): Step {
    return { label: this.#options.unnamedStep, text: { before, after }, moves: {} }
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work)
    this.#work = done.catch(() => undefined)
    return done
  }
}

/** The editor writes all line ends alike. */
const sameLines = (a: string, b: string): boolean => a === b || a.replace(/\r\n/g, '\n') === b.replace(/\r\n/g, '\n')

const refused = (): SecxopsError =>
  new SecxopsError({
    code: 'conflict',
    message:
      'The editor did not take the change into the text: the file is read-only, or it is being changed elsewhere. Try again.',
  })

const notSaved = (): SecxopsError =>
  new SecxopsError({ code: 'conflict', message: 'The workflow was not saved. It is still open with all its changes.' })
