import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { Json } from '@secxops/protocol/json'
import { splitRef } from '@secxops/protocol/names'
import { isDirectory } from '../../modules/locate.ts'
import type { LibraryService } from '../../services.ts'
import type { Draft } from './draft-search.ts'

/** Columns that are usually to be predicted. */
const LABEL = /^(label|labels|target|class|y|category|attack_type|outcome|result|is_\w+)$/i

/** AutoML over a table: a file, or a dataset of the library (`NAME@3`), then `path` is where the experiment's file goes. */
export async function draftAutoml(library: LibraryService, path: string, dataset: string | undefined): Promise<Draft> {
  if (dataset === undefined && isDirectory(path))
    throw new SecxopsError({
      code: 'bad-request',
      message: `${basename(path)} is a folder. Choose a table: a CSV or Parquet file, or a dataset.`,
      where: { path },
    })
  const content = dataset === undefined ? path : library.resolve('dataset', dataset).path
  const preview = await library.preview(content, { rows: 20 })
  const columns = preview.kind === 'table' ? preview.columns.map(({ name }) => name) : []
  const label = columns.find((name) => LABEL.test(name)) ?? columns.at(-1)
  if (label === undefined)
    throw new SecxopsError({
      code: 'bad-request',
      message: `${dataset ?? basename(path)} is no table with named columns: AutoML has nothing to learn from.`,
      where: { path },
    })
  const folder = isDirectory(path) ? path : dirname(path)
  const train: Json = dataset === undefined ? { file: `./${basename(path)}` } : { dataset }
  return {
    folder,
    stem: dataset === undefined ? basename(path, extname(path)) : splitRef(dataset).name,
    sections: { automl: { train, label, presets: ['medium_quality'], timeLimit: '10m' } },
  }
}

const SPACE_CLASS = /^class\s+(\w+)\s*\([^)]*(?:ModelSpace|MutableModule)[^)]*\)\s*:/m
const EVALUATOR = /^def\s+((?:evaluate|train|fit|score)\w*)\s*\(/m

/** Whether a Python file defines an architecture space. */
export const hasModelSpace = async (path: string): Promise<boolean> =>
  SPACE_CLASS.test(await readFile(path, 'utf8').catch(() => ''))

/** An architecture search over a Python file, or the one of a folder, that has a model space. */
export async function draftNas(path: string): Promise<Draft> {
  const files = isDirectory(path)
    ? readdirSync(path)
        .filter((name) => name.endsWith('.py'))
        .map((name) => join(path, name))
    : [path]
  for (const file of files) {
    const text = await readFile(file, 'utf8')
    const space = SPACE_CLASS.exec(text)?.[1]
    if (space === undefined) continue
    const name = basename(file)
    const evaluator = EVALUATOR.exec(text)?.[1] ?? 'evaluate'
    return {
      folder: dirname(file),
      stem: basename(file, extname(file)),
      sections: {
        objective: { direction: 'maximize' },
        nas: { space: `${name}:${space}`, evaluator: `${name}:${evaluator}`, strategy: 'random', maxTrialNumber: 20 },
      },
    }
  }
  throw new SecxopsError({
    code: 'bad-request',
    message: `${basename(path)} has no model space: a class that extends ModelSpace of nni.nas.nn.pytorch.`,
    where: { path },
  })
}
