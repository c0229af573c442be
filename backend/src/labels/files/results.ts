import type { LabelPath } from '@secxops/protocol/labels'

/** A row of a labelled file as it is saved. */
export interface ResultRow {
  /** 1-based line of the file. */
  line: number
  text: string
  /** Absent: it was rejected. */
  path?: LabelPath
  confidence: number
  level_confidence: number[]
  decision: 'waiting' | 'accepted' | 'edited' | 'rejected'
  by?: string
  model: string
}

export type ResultFormat = 'jsonl' | 'csv' | 'label-studio' | 'argilla'

interface Writing {
  extension: string
  begin: string
  row(row: ResultRow, first: boolean): string
  end: string
}

/** How the rows of a result are written; `levels`: names of the levels, broadest first. */
export function resultWriting(format: ResultFormat, levels: readonly string[]): Writing {
  switch (format) {
    case 'jsonl':
      return { extension: 'jsonl', begin: '', row: (row) => `${JSON.stringify(plainRow(row))}\n`, end: '' }
    case 'csv':
      return {
        extension: 'csv',
        begin: csvLine(['line', 'text', ...levels, 'confidence', 'decision', 'by']),
        row: ({ line, text, path, confidence, decision, by }) =>
          csvLine([line, text, ...levels.map((_, level) => path?.[level] ?? ''), confidence, decision, by ?? '']),
        end: '',
      }
    case 'label-studio':
      return { extension: 'json', ...jsonArray(labelStudioTask) }
    case 'argilla':
      return { extension: 'json', ...jsonArray(argillaRecord) }
  }
}

/** The first four levels have names of their own; `path` is the label whatever its depth. */
function plainRow({ text, path = [], by, model, ...rest }: ResultRow): object {
  const [category = null, subcategory = null, label = null, enum_value = null] = path
  return { text, category, subcategory, source: { label, enum_value }, path, ...rest, by, model }
}

const jsonArray = (toObject: (row: ResultRow) => object): Omit<Writing, 'extension'> => ({
  begin: '[',
  row: (row, first) => `${first ? '\n' : ',\n'}${JSON.stringify(toObject(row))}`,
  end: '\n]\n',
})

/**
 * A task of Label Studio for a labelling interface with `<Text name="text">` and `<Taxonomy name="label" toName="text">`: what a machine
 * says is a prediction, what a human says an annotation.
 */
function labelStudioTask({ text, line, path, confidence, decision, model }: ResultRow): object {
  const result = path ? [{ from_name: 'label', to_name: 'text', type: 'taxonomy', value: { taxonomy: [path] } }] : []
  const human = decision === 'accepted' || decision === 'edited'
  return {
    data: { text, line },
    predictions: human || !path ? [] : [{ model_version: model, score: confidence, result }],
    annotations: human ? [{ result }] : [],
  }
}

/** A record of Argilla for a dataset with the text field `text` and the label question `label`; the names of a path are joined. */
function argillaRecord({ text, line, path, confidence, decision, by, model }: ResultRow): object {
  const human = decision === 'accepted' || decision === 'edited'
  return {
    id: String(line),
    fields: { text },
    metadata: { line, decision },
    suggestions: path
      ? { label: { value: path.join(' / '), score: human ? 1 : confidence, agent: human ? (by ?? 'human') : model } }
      : {},
    responses: {},
  }
}

/** RFC 4180. */
const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(',')}\n`
