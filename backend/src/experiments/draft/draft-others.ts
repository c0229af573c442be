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
const INPUT = /\bsecxops\.input\(\s*["'](\w+)["'](?:\s*,\s*["']([^"'\n]+)["'])?/g

/** Whether a Python file defines an architecture space. */
export const hasModelSpace = async (path: string): Promise<boolean> =>
  SPACE_CLASS.test(await readFile(path, 'utf8').catch(() => ''))

/** An architecture search over a Python file, or the one of a folder, that has a model space; what scores a model may lie beside it. */
export async function draftNas(path: string): Promise<Draft> {
  const folder = isDirectory(path) ? path : dirname(path)
  const beside = readdirSync(folder).filter((name) => name.endsWith('.py'))
  const files = await Promise.all(
    beside.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  )
  const own = files.filter(({ name }) => isDirectory(path) || name === basename(path))
  const space = own.find(({ text }) => SPACE_CLASS.test(text))
  if (space) {
    const scorer = [space, ...files].find(({ text }) => EVALUATOR.test(text)) ?? space
    const evaluator = EVALUATOR.exec(scorer.text)?.[1] ?? 'evaluate'
    const inputs = Object.fromEntries(
      [...scorer.text.matchAll(INPUT)].map(([, name = '', place = name]): [string, Json] => [name, { file: place }]),
    )
    return {
      folder,
      stem: basename(space.name, extname(space.name)),
      sections: {
        objective: { direction: 'maximize' },
        ...(Object.keys(inputs).length > 0 && { inputs }),
        nas: {
          space: `${space.name}:${SPACE_CLASS.exec(space.text)?.[1]}`,
          evaluator: `${scorer.name}:${evaluator}`,
          strategy: 'random',
          maxTrialNumber: 20,
        },
      },
    }
  }
  throw new SecxopsError({
    code: 'bad-request',
    message: `${basename(path)} has no model space: a class that extends ModelSpace of nni.nas.nn.pytorch.`,
    where: { path },
  })
}
