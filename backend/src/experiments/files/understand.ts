import { basename, dirname } from 'node:path'
import type { Problem } from '@secxops/protocol/errors'
import { parseExperiment } from '@secxops/protocol/experiment-document'
import type { ExperimentFile } from '@secxops/protocol/experiment-file'
import { isMap } from '@secxops/protocol/json'
import { readYaml } from '@secxops/protocol/yaml-read'
import { readTextFile } from '../../read-text-file.ts'
import { checkAutoml } from './check-automl.ts'
import { checkTuner } from './check-tuner.ts'
import { compileAutoml, compileNas } from './compile-others.ts'
import { compileSearch } from './compile-search.ts'
import { fromNniConfig } from './nni-config.ts'
import { followConfig, type NniSection, spaceOf } from './nni-section.ts'
import { ProblemList } from './problem-list.ts'
import type { ExperimentReading } from './reading.ts'
import { refuseCode } from './refuse-code.ts'

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
  const content = text ?? (await readTextFile(path, 'an experiment file'))
  const isOwn = isOurs(path, content)
  const { file, list } = isOwn ? ours(content, path) : fromNniConfig(content, path)
  if (!file) return { problems: list.problems }
  const section = { text: content, at: isOwn ? ['nni'] : [], foreign: !isOwn, list }
  const { reading, problems } = await compile(path, file, section)
  const sound = problems.every(({ severity }) => severity !== 'error')
  return { problems, file, ...(reading && sound ? { reading } : {}) }
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
  given: ExperimentFile,
  own: NniSection,
): Promise<{ reading?: ExperimentReading; problems: Problem[] }> {
  const { text, list } = own
  const { problems } = list
  const name = given.name ?? basename(path).replace(/(\.experiment)?\.ya?ml$/i, '')
  refuseCode(given, list)
  const common = { path, text, name }
  const { nas, automl } = given
  if (nas) return { reading: { ...common, kind: 'nas', file: given, ...compileNas(given, nas) }, problems }
  if (automl) checkAutoml(automl, list)
  if (automl) return { reading: { ...common, kind: 'automl', file: given, ...compileAutoml(given, automl) }, problems }
  const followed = typeof given.nni === 'string' ? await followConfig(path, given, given.nni, list) : undefined
  const file = followed ? followed.file : given
  const section = followed?.section ?? own
  const all = (): Problem[] => (followed ? [...problems, ...section.list.problems] : problems)
  if (!file || typeof file.nni !== 'object') return { problems: all() }
  const folder = dirname(path)
  const space = await spaceOf(folder, file.nni, section)
  if (!space) return { problems: all() }
  checkTuner(file.nni, space, file.objective?.direction, section.at, section.list)
  const compiled = compileSearch(file, file.nni, { name, folder, space })
  return { reading: { ...common, kind: 'hpo', file, ...compiled }, problems: all() }
}
