import type { ExperimentReport } from '@secxops/protocol/experiments'

type Alpha = Extract<ExperimentReport, { kind: 'alpha' }>

/** Weights of one choice over the epochs. */
export interface AlphaChoice {
  label: string
  candidates: {
    name: string
    /** By column; undefined: it was no candidate then. */
    weights: (number | undefined)[]
    /** The heaviest of the choice in the newest epoch. */
    ahead: boolean
  }[]
}

export interface AlphaTable {
  /** A column for each epoch, in their order. */
  epochs: number[]
  /** Stage of each column; absent where the search has none. */
  stages: (number | undefined)[]
  choices: AlphaChoice[]
  /** Highest weight of all. */
  most: number
}

/** Puts reports together; of an epoch that was told twice the newest holds. */
export function alphaTable(reports: readonly Alpha[]): AlphaTable {
  const columns = [...new Map(reports.map((report) => [report.epoch, report])).values()].sort(
    (a, b) => a.epoch - b.epoch,
  )
  const rows = new Map<string, Map<string, (number | undefined)[]>>()
  let most = 0
  for (const [at, { choices }] of columns.entries())
    for (const { label, candidates, weights } of choices) {
      const choice = rows.get(label) ?? new Map<string, (number | undefined)[]>()
      rows.set(label, choice)
      for (const [index, name] of candidates.entries()) {
        const row = choice.get(name) ?? []
        choice.set(name, row)
        row[at] = weights[index]
        most = Math.max(most, weights[index] ?? 0)
      }
    }
  const last = columns.length - 1
  return {
    epochs: columns.map(({ epoch }) => epoch),
    stages: columns.map(({ stage }) => stage),
    most,
    choices: [...rows].map(([label, choice]) => {
      const best = Math.max(...[...choice.values()].map((row) => row[last] ?? 0))
      return {
        label,
        candidates: [...choice].map(([name, row]) => ({
          name,
          weights: Array.from(columns, (_, at) => row[at]),
          ahead: best > 0 && row[last] === best,
        })),
      }
    }),
  }
}
