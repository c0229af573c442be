import type { WorkflowLayout } from '@secxops/protocol/workflow'
import { type Moves, moved } from './moves.ts'

/** One step of the document: of its text, of its layout, or of both at once. Texts are told by their fingerprints. */
export interface Step {
  label: string
  text?: { before: string; after: string }
  moves: Moves
}

type Positions = WorkflowLayout['nodes']

/** More are not remembered; the editor's own undo of the text goes on working. */
const MOST = 1000

/**
 * The one undo order of text edits and moves. The editor owns the undo of the text and tells only that it undid or redid; moves
 * are known here alone, as they change no line of the file. Which of our steps the editor took back is told by the text that came out.
 */
export class History {
  #past: Step[] = []
  #future: Step[] = []

  get past(): Step | undefined {
    return this.#past.at(-1)
  }

  get future(): Step | undefined {
    return this.#future.at(-1)
  }

  push(step: Step): void {
    this.#past.push(step)
    if (this.#past.length > MOST) this.#past.shift()
    this.#future = []
  }

  /** Takes the newest step back without the editor: a move, or a step that the editor has no more. */
  back(positions: Positions): Positions {
    const step = this.#past.pop()
    if (!step) return positions
    if (!step.text) this.#future.push(step)
    return moved(positions, step.moves, true)
  }

  /** Does the next step again without the editor. */
  forth(positions: Positions): Positions {
    const step = this.#future.pop()
    if (!step) return positions
    if (!step.text) this.#past.push(step)
    return moved(positions, step.moves)
  }

  /** The editor undid text steps until the text was `text` again; moves that are newer than those stay. */
  undone(text: string, unknown: Step, positions: Positions): Positions {
    return this.#passed(this.#past, this.#future, (step) => step.text?.before === text, unknown, positions, true)
  }

  /** The editor redid text steps until the text was `text`. */
  redone(text: string, unknown: Step, positions: Positions): Positions {
    return this.#passed(this.#future, this.#past, (step) => step.text?.after === text, unknown, positions, false)
  }

  /** Carries the text steps up to the one that is meant from one side to the other; one that is not known joins as `unknown`. */
  #passed(
    from: Step[],
    to: Step[],
    meant: (step: Step) => boolean,
    unknown: Step,
    positions: Positions,
    back: boolean,
  ): Positions {
    const index = from.findLastIndex(meant)
    if (index < 0) {
      to.push(unknown)
      return positions
    }
    const passing = from.slice(index).filter((step) => step.text)
    const staying = from.slice(index).filter((step) => !step.text)
    from.splice(index, from.length - index, ...staying)
    let result = positions
    for (const step of passing.reverse()) {
      to.push(step)
      result = moved(result, step.moves, back)
    }
    return result
  }
}
