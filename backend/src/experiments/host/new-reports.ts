import type { ExperimentReport } from '@secxops/protocol/experiments'
import type { ExperimentJournal } from '../services.ts'

/** Tells the journal of reports that it does not have: a backend that takes over reads a process's lines once more. */
export class NewReports {
  readonly #journal: ExperimentJournal
  readonly #told: Set<string>

  constructor(journal: ExperimentJournal) {
    this.#journal = journal
    this.#told = new Set(journal.reports().map((report) => JSON.stringify(report)))
  }

  tell(report: ExperimentReport): void {
    const text = JSON.stringify(report)
    if (this.#told.has(text)) return
    this.#told.add(text)
    this.#journal.report(report)
  }
}
