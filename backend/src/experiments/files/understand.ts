import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import type { Problem } from '@secxops/protocol/errors'
import { SecxopsError } from '@secxops/protocol/errors'
import { parseExperiment } from '@secxops/protocol/experiment-document'
import type { ExperimentFile, NniSettings } from '@secxops/protocol/experiment-file'
import { isMap, type Json } from '@secxops/protocol/json'
import { toName } from '@secxops/protocol/to-name'
import { readYaml } from '@secxops/protocol/yaml-read'
import { compileAutoml, compileNas } from './compile-others.ts'
import { compileSearch } from './compile-search.ts'
import { fromNniConfig } from './nni-config.ts'
import { ProblemList } from './problem-list.ts'
import { readTextFile } from './read-file.ts'
import type { ExperimentReading } from './reading.ts'

export interface Understood {
  problems: Problem[]
  /** There when there is no error among the problems. */
  reading?: ExperimentReading
  /** The file, where its shape is right. */
  file?: ExperimentFile
}

/**
 * Reads an experiment's file, ours or NNI's, with everything wrong in it, in its search space and in its tuner's arguments. Modules, inputs
 * and code are not looked at. Rejects only where the file itself cannot be read.
 */
export async function understand(path: string, text?: string): Promise<Understood> {
  const content = text ?? (await readTextFile(path))
  const { file, list } = isOurs(path, content) ? ours(content, path) : fromNniConfig(content, path)
  if (!file) return { problems: list.problems }
  const reading = await compile(path, content, file, list)
  return { problems: list.problems, file, ...(reading && list.sound ? { reading } : {}) }
}

/** By its name, or by what it says. */
function isOurs(path: string, text: string): boolean {
  const { tree } = readYaml(text)
  return /\.experiment\.ya?ml$/i.test(path) || (isMap(tree?.value) && Object.hasOwn(tree.value, 'apiVersion'))
}

function ours(text: string, path: string): { file?: ExperimentFile; list: ProblemList } {
  const { experiment, problems } = parseExperiment(text, path)
  const list = new ProblemList(path, readYaml(text).tree)
  list.add(problems)
  if (!experiment) return { list }
  const { module, code, nni } = experiment
  if (module !== undefined && code)
    list.error(['code'], 'module and code cannot both be there: a trial runs one of them.')
  if (module === undefined && experiment.with) list.error(['with'], 'with gives values to a module; there is none.')
  if (typeof nni === 'object' && module === undefined && !code)
    list.error([], 'Nothing says what a trial runs. Add module: ./FOLDER, or code: {command: …}.')
  return { file: experiment, list }
}

async function compile(
  path: string,
  text: string,
  given: ExperimentFile,
  list: ProblemList,
): Promise<ExperimentReading | undefined> {
  const name = given.name ?? toName(basename(path).replace(/(\.experiment)?\.ya?ml$/i, ''), 'experiment')
  refuseCode(given, list)
  if (given.nas) return { path, text, name, kind: 'nas', file: given, ...compileNas(given, given.nas) }
  if (given.automl) return { path, text, name, kind: 'automl', file: given, ...compileAutoml(given, given.automl) }
  const file = typeof given.nni === 'string' ? await withConfig(path, given, given.nni, list) : given
  if (!file || typeof file.nni !== 'object') return undefined
  const folder = dirname(path)
  const space = await spaceOf(folder, file.nni, list)
  return space && { path, text, name, kind: 'hpo', file, ...compileSearch(file, file.nni, { name, folder, space }) }
}

/** The settings of a `config.yml` that `nni` names, with its paths as seen from the experiment's folder. */
async function withConfig(
  path: string,
  file: ExperimentFile,
  config: string,
  list: ProblemList,
): Promise<ExperimentFile | undefined> {
  const folder = dirname(path)
  const where = resolve(folder, config)
  const text = await readTextFile(where).catch((error: unknown) => {
    list.error(['nni'], error instanceof SecxopsError ? error.message : String(error), 'no-such-file')
    return undefined
  })
  if (text === undefined) return undefined
  const read = fromNniConfig(text, where)
  list.add(read.list.problems)
  const nni = read.file?.nni
  if (!read.file || typeof nni !== 'object') return undefined
  const moved = (one: string): string => (isAbsolute(one) ? one : relative(folder, join(dirname(where), one)) || '.')
  const settings: NniSettings = {
    ...nni,
    ...(nni.searchSpaceFile === undefined ? {} : { searchSpaceFile: moved(nni.searchSpaceFile) }),
  }
  for (const role of ['tuner', 'assessor'] as const) {
    const given = settings[role]
    if (given && 'className' in given) settings[role] = { ...given, codeDirectory: moved(given.codeDirectory ?? '.') }
  }
  const code = read.file.code && { ...read.file.code, directory: moved(read.file.code.directory ?? '.') }
  return { ...file, ...(file.module === undefined && !file.code && code ? { code } : {}), nni: settings }
}

async function spaceOf(folder: string, nni: NniSettings, list: ProblemList): Promise<Record<string, Json> | undefined> {
  const { searchSpace, searchSpaceFile } = nni
  if (searchSpace && searchSpaceFile !== undefined) {
    list.error(['nni', 'searchSpaceFile'], 'searchSpace and searchSpaceFile cannot both be there. Remove one of them.')
    return undefined
  }
  if (searchSpace) return searchSpace
  if (searchSpaceFile === undefined) {
    list.error(['nni'], 'The search space is missing. Add searchSpace, or searchSpaceFile: search_space.json.')
    return undefined
  }
  const path = resolve(folder, searchSpaceFile)
  const text = await readTextFile(path).catch((error: unknown) => {
    list.error(
      ['nni', 'searchSpaceFile'],
      error instanceof SecxopsError ? error.message : String(error),
      'no-such-file',
    )
    return undefined
  })
  if (text === undefined) return undefined
  const { tree, problems } = readYaml(text)
  list.add(problems.map((one) => ({ ...one, where: { ...one.where, path } })))
  return isMap(tree?.value) ? tree.value : undefined
}

/** NNI rebuilds Python objects from maps with this key, and so runs what they say. */
const MARK = '__nni_type__'

function refuseCode(value: unknown, list: ProblemList, field: (string | number)[] = []): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Object.entries(value)) {
    if (key === MARK)
      list.error(
        [...field, key],
        `${MARK} makes NNI run code that is hidden in this file. Remove it and write plain values.`,
      )
    else refuseCode(item, list, [...field, key])
  }
}
