import type { ExperimentReport } from '@secxops/protocol/experiments'
import type { ExperimentRecord } from '../services.ts'
import { tableName, tablesOf } from './automl-spec.ts'

export type ModelRow = Extract<ExperimentReport, { kind: 'model' }>

/** Newest state of each fitted model, the best score first. */
export function leaderboardOf(reports: readonly ExperimentReport[]): ModelRow[] {
  const models = new Map<string, ModelRow>()
  for (const report of reports) if (report.kind === 'model') models.set(report.name, report)
  return [...models.values()].sort(
    (a, b) => (b.validation ?? Number.NEGATIVE_INFINITY) - (a.validation ?? Number.NEGATIVE_INFINITY),
  )
}

/** `README.md` of a kept model: what it was learnt from, how good it is, how to load it. */
export function modelCard(record: ExperimentRecord, model: ModelRow, board: readonly ModelRow[]): string {
  const { settings, objective } = record
  const tables = tablesOf(record).map(
    ({ role, input }) => `- ${role}: ${'file' in input ? 'file ' : ''}${tableName(input)}`,
  )
  const excluded = Array.isArray(settings.exclude) && settings.exclude.length > 0 ? settings.exclude.join(', ') : 'none'
  const rows = board.map(
    (row) =>
      `| ${row.name === model.name ? `**${row.name}**` : row.name} | ${[row.validation, row.test].map(score).join(' | ')} | ` +
      `${row.fitTime.toFixed(1)} | ${(row.predictTime * 1000).toFixed(1)} | ${row.stackLevel} | ${megabytes(row.size)} |`,
  )
  return `# ${model.name} of ${record.name}

Predicts the column \`${String(settings.label)}\`. Fitted by AutoGluon, presets ${String(settings.presets)}.

## Data
${tables.join('\n')}
- columns that were not learnt from: ${excluded}

## Scores
Metric: ${objective.metric}; a higher score is better (errors are negative). Prediction: milliseconds for 1,000 rows.

| model | validation | test | fit s | predict ms | level | MB |
|---|---:|---:|---:|---:|---:|---:|
${rows.join('\n')}

## Use
\`\`\`python
# pip install autogluon.tabular==1.6.3 lightgbm catboost
import pandas as pd
from autogluon.tabular import TabularPredictor

predictor = TabularPredictor.load("predictor")
print(predictor.predict(pd.read_csv("new.csv")))
\`\`\`
The folder \`predictor\` holds pickled Python objects: load only what you trust, with the same version of AutoGluon.
`
}

const score = (value: number | null | undefined): string => (typeof value === 'number' ? value.toPrecision(4) : '–')
const megabytes = (size: number | undefined): string => (size === undefined ? '–' : (size / 1e6).toFixed(1))
