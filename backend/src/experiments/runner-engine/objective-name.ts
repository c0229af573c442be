import type { ExperimentJournal } from '../services.ts'

/** Name of a number that code reports without one. */
const PLAIN = 'default'

/** Which of the reported numbers is the objective: the one the file names, else the plain one, else the one that is reported as final. */
export class ObjectiveName {
  readonly #journal: ExperimentJournal
  /** True: nothing that is reported changes it any more. */
  #decided: boolean
  #seen = false

  constructor(journal: ExperimentJournal) {
    this.#journal = journal
    const { record } = journal
    this.#decided =
      record.file.objective?.metric !== undefined || journal.trials().some(({ final }) => final !== undefined)
  }

  is({ name, final }: { name: string; final: boolean }): boolean {
    const { metric } = this.#journal.record.objective
    if (name === metric) {
      this.#seen = true
      this.#decided ||= final
      return true
    }
    // NNI's own calls give no names: their number is the objective, whatever it is called.
    if (name === PLAIN) return !this.#seen
    if (this.#decided || (!final && metric !== PLAIN)) return false
    this.#decided = final
    this.#journal.objective(name)
    return true
  }
}
