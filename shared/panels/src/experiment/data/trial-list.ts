import type { Trial } from '@secxops/protocol/experiments'
import { type Cell, parameterCells } from './cells.ts'

export interface TrialRow {
  trial: Trial
  /** Its parameters; see {@link parameterCells}. */
  cells: ReadonlyMap<string, Cell>
}

export interface ParameterName {
  name: string
  /** `number`: every trial that has it has a number. */
  kind: 'number' | 'text'
}

/** All trials of an experiment by their number. */
export class TrialList {
  /** In the order of their numbers. A new array whenever a trial changed. */
  rows: readonly TrialRow[] = []
  /** Names of the further final values. */
  finals: readonly string[] = []
  #byNumber = new Map<number, TrialRow>()
  /** How many trials have it, and how many of them as a number. */
  #names = new Map<string, { all: number; numbers: number }>()

  get(number: number): TrialRow | undefined {
    return this.#byNumber.get(number)
  }

  /** Takes the newest states; costs as much as the trials it has in all, so it gets many at once. */
  take(trials: readonly Trial[]): void {
    for (const trial of trials) {
      const old = this.#byNumber.get(trial.number)
      if (old) this.#count(old.cells, -1)
      for (const name of Object.keys(trial.finals ?? {}))
        if (!this.finals.includes(name)) this.finals = [...this.finals, name]
      const cells = parameterCells(trial.parameters)
      this.#count(cells, 1)
      this.#byNumber.set(trial.number, { trial, cells })
    }
    this.rows = [...this.#byNumber.values()].sort((a, b) => a.trial.number - b.trial.number)
  }

  /** Names of all parameters in the order of their first appearance. */
  parameters(): ParameterName[] {
    return [...this.#names]
      .filter(([, { all }]) => all > 0)
      .map(([name, { all, numbers }]) => ({ name, kind: numbers === all ? 'number' : 'text' }))
  }

  #count(cells: ReadonlyMap<string, Cell>, by: 1 | -1): void {
    for (const [name, value] of cells) {
      const known = this.#names.get(name) ?? { all: 0, numbers: 0 }
      known.all += by
      if (typeof value === 'number') known.numbers += by
      this.#names.set(name, known)
    }
  }
}
