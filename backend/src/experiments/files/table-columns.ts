import { resolve } from 'node:path'
import { ExperimentInput } from '@secxops/protocol/experiment-file'
import { isMap, type Json } from '@secxops/protocol/json'
import type { LibraryService } from '../../services.ts'

/**
 * Columns of the table that AutoML is to learn from, as far as the rest of the file is there. Undefined: no such section or table, or its first row
 * is no heading.
 */
export async function tableColumns(
  library: LibraryService,
  folder: string,
  root: Json | undefined,
): Promise<string[] | undefined> {
  const automl = isMap(root) ? root.automl : undefined
  const input = ExperimentInput.safeParse(isMap(automl) ? automl.train : undefined).data
  if (!input) return undefined
  try {
    const [kind, from] = Object.entries(input)[0] as ['file' | 'dataset' | 'model' | 'code', string]
    const content = kind === 'file' ? resolve(folder, from) : library.resolve(kind, from).path
    const preview = await library.preview(content, { rows: 20 })
    const names = preview.kind === 'table' ? preview.columns.map(({ name }) => name) : []
    // Names that the preview gave itself.
    return names.every((name, at) => name === `column ${at + 1}`) ? undefined : names
  } catch {
    // That it is not there is told at its field.
    return undefined
  }
}
