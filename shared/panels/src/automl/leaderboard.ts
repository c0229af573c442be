import type { ExperimentReport } from '@secxops/protocol/experiments'
import type { Reports } from '../experiment/data/experiment-store.ts'

export type ModelRow = Extract<ExperimentReport, { kind: 'model' }>
export type SkippedRow = Extract<ExperimentReport, { kind: 'skipped' }>

export interface Leaderboard {
  /** Newest state of each, the best validation score first; without one last. */
  models: ModelRow[]
  /** Those of them that no other beats in score, latency and size at once. */
  front: ReadonlySet<string>
  skipped: SkippedRow[]
  notes: string[]
}

/** The models of a fit out of its reports, in the order of their coming. */
export function leaderboard(reports: Reports): Leaderboard {
  const models = new Map<string, ModelRow>()
  const skipped = new Map<string, SkippedRow>()
  const notes: string[] = []
  for (const { report } of reports) {
    if (report.kind === 'model') {
      models.set(report.name, report)
      // A fit that was resumed may have come to what it skipped before.
      skipped.delete(report.name)
    } else if (report.kind === 'skipped') skipped.set(report.name, report)
    else if (report.kind === 'note') notes.push(report.text)
  }
  const rows = [...models.values()].sort((a, b) => scoreOf(b) - scoreOf(a))
  return { models: rows, front: frontOf(rows), skipped: [...skipped.values()], notes }
}

/** What a model is chosen by: its score on validation rows, else on the test table. */
export const scoreOf = ({ validation, test }: ModelRow): number => validation ?? test ?? Number.NEGATIVE_INFINITY

function frontOf(rows: readonly ModelRow[]): Set<string> {
  const scored = rows.filter((row) => Number.isFinite(scoreOf(row)))
  return new Set(scored.filter((row) => !scored.some((other) => beats(other, row))).map(({ name }) => name))
}

/** Nowhere worse, somewhere better. */
function beats(one: ModelRow, other: ModelRow): boolean {
  const by = [scoreOf(one) - scoreOf(other), other.predictTime - one.predictTime, (other.size ?? 0) - (one.size ?? 0)]
  return by.every((difference) => difference >= 0) && by.some((difference) => difference > 0)
}
