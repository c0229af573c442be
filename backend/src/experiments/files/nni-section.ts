import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ExperimentFile, NniSettings } from '@secxops/protocol/experiment-file'
import type { Json } from '@secxops/protocol/json'
import { readTextFile } from '../../read-text-file.ts'
import { checkedSpace } from './checked-space.ts'
import { fromNniConfig } from './nni-config.ts'
import type { ProblemList } from './problem-list.ts'

/** Where NNI's settings stand: in our file under `nni`, or in a file of NNI's own. */
export interface NniSection {
  text: string
  /** Field of the settings in that text. */
  at: string[]
  /** The file is NNI's own: what NNI runs although its documents do not define it is only warned of. */
  foreign: boolean
  /** Takes what is wrong there. */
  list: ProblemList
}

/** The settings of a `config.yml` that `nni` names, with its paths as seen from the experiment's folder. */
export async function followConfig(
  path: string,
  file: ExperimentFile,
  config: string,
  list: ProblemList,
): Promise<{ file?: ExperimentFile; section?: NniSection }> {
  const folder = dirname(path)
  const where = resolve(folder, config)
  const text = await readOrTell(where, ['nni'], list)
  if (text === undefined) return {}
  const read = fromNniConfig(text, where)
  const section = { text, at: [], foreign: true, list: read.list }
  const nni = read.file?.nni
  if (!read.file || typeof nni !== 'object') return { section }
  const moved = (one: string): string => (isAbsolute(one) ? one : relative(folder, join(dirname(where), one)) || '.')
  const settings: NniSettings = { ...nni }
  if (nni.searchSpaceFile !== undefined) settings.searchSpaceFile = moved(nni.searchSpaceFile)
  for (const role of ['tuner', 'assessor'] as const) {
    const given = settings[role]
    if (given && 'className' in given) settings[role] = { ...given, codeDirectory: moved(given.codeDirectory ?? '.') }
  }
  const code = read.file.code && { ...read.file.code, directory: moved(read.file.code.directory ?? '.') }
  const runs = file.module === undefined && !file.code && code ? { code } : {}
  return { file: { ...file, ...runs, nni: settings }, section }
}

/** The space of a search, inline or in its file; undefined where there is an error in it. `folder`: where relative paths start. */
export async function spaceOf(
  folder: string,
  { searchSpace, searchSpaceFile }: NniSettings,
  { text, at, foreign, list }: NniSection,
): Promise<Record<string, Json> | undefined> {
  if (searchSpace && searchSpaceFile !== undefined) {
    list.error([...at, 'searchSpaceFile'], 'searchSpace and searchSpaceFile cannot both be there. Remove one of them.')
    return undefined
  }
  if (searchSpace) return checkedSpace(text, list.path, { format: 'yaml', at: [...at, 'searchSpace'], foreign }, list)
  if (searchSpaceFile === undefined) {
    list.error(at, 'The search space is missing. Add searchSpace, or searchSpaceFile: search_space.json.')
    return undefined
  }
  const path = resolve(folder, searchSpaceFile)
  const written = await readOrTell(path, [...at, 'searchSpaceFile'], list)
  return written === undefined ? undefined : checkedSpace(written, path, { foreign }, list)
}

async function readOrTell(path: string, field: string[], list: ProblemList): Promise<string | undefined> {
  try {
    return await readTextFile(path, 'a search space')
  } catch (error) {
    if (!(error instanceof SecxopsError)) throw error
    list.error(field, error.body.message, error.body.code)
    return undefined
  }
}
