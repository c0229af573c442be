import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join, relative } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { SpaceProposal } from '@secxops/protocol/experiments'
import type { Json } from '@secxops/protocol/json'
import { checkSpace } from '@secxops/protocol/search-space/check-space'
import { proposeEntry } from '@secxops/protocol/search-space/propose-entry'
import { quoteWord } from '@secxops/protocol/start-command'
import { findModuleFile, isDirectory, readModule, type SourceModule } from '../../modules/locate.ts'
import { findObjective } from './find-objective.ts'

/** Sections of a new search, and the folder and stem of its file. */
export interface Draft {
  folder: string
  stem: string
  sections: Record<string, Json>
}

/** Parameters that code reads. */
export type FromCode = (path: string) => Promise<SpaceProposal[]>

const TUNER = { tuner: { name: 'TPE' }, trialConcurrency: 2, maxTrialNumber: 20 }

/** A search over a module, a script, or a folder of either. `place`: where a file beside a folder goes, the folder itself at the most. */
export async function draftSearch(path: string, fromCode: FromCode, place: (folder: string) => string): Promise<Draft> {
  const module = moduleBehind(path)
  if (module) return ofModule(module, path, fromCode, place)
  const config = isDirectory(path) ? join(path, 'config.yml') : undefined
  if (config && existsSync(config)) return { folder: path, stem: basename(path), sections: { nni: './config.yml' } }
  return ofScript(isDirectory(path) ? scriptIn(path) : path, fromCode)
}

/** The module that is, or lies beside, a source. */
function moduleBehind(path: string): SourceModule | undefined {
  const own = findModuleFile(path) ?? findModuleFile(path.replace(/\.(ipynb|py|sh|bash)$/, ''))
  if (own) return readModule(own)
  if (isDirectory(path)) return undefined
  const shared = findModuleFile(dirname(path))
  if (!shared) return undefined
  const module = readModule(shared)
  return module.text.includes(basename(path)) ? module : undefined
}

async function ofModule(
  { modulePath, directory, module }: SourceModule,
  path: string,
  fromCode: FromCode,
  place: (folder: string) => string,
): Promise<Draft> {
  const whole = /^module\.ya?ml$/.test(basename(modulePath))
  const folder = whole ? place(directory) : directory
  const target = whole ? directory : modulePath
  const ref = relative(folder, target)
  const source = isDirectory(path) || path === modulePath ? startOf(module.start, directory) : path
  const parameters = module.parameters ?? {}
  const found = await proposals(source ?? directory, fromCode)
  const entries = Object.entries(parameters).flatMap(([name, parameter]) => {
    const entry = proposeEntry(name, parameter) ?? found.find((one) => one.name === name)?.entry
    return entry ? [[name, entry] as const] : []
  })
  const needed = Object.entries(parameters).filter(
    ([name, { default: given, required }]) =>
      given === undefined && required !== false && !entries.some(([other]) => other === name),
  )
  return {
    folder,
    stem: module.name,
    sections: {
      module: ref === '' ? './' : ref.startsWith('.') ? ref : `./${ref}`,
      ...(needed.length > 0 ? { with: Object.fromEntries(needed.map(([name]) => [name, null])) } : {}),
      objective: await objectiveOf(source),
      nni: { searchSpace: Object.fromEntries(entries), ...TUNER },
    },
  }
}

async function ofScript(path: string, fromCode: FromCode): Promise<Draft> {
  if (!path.endsWith('.py'))
    throw new SecxopsError({
      code: 'bad-request',
      message: `${basename(path)} is no module yet. Package it first; then its parameters can be searched over.`,
      where: { path },
      next: [{ kind: 'package', label: 'Package as module', path }],
    })
  const folder = dirname(path)
  const kept = namesIn(join(folder, 'search_space.json'))
  const found = (await proposals(path, fromCode)).filter(
    ({ name, option }) => option !== '' && (!kept || kept.has(name)),
  )
  const options = found.flatMap(({ name, option, entry }) => (option ? [`${option} ${variable(name, entry)}`] : []))
  return {
    folder,
    stem: basename(path, extname(path)),
    sections: {
      code: { command: ['python3', quoteWord(basename(path)), ...options].join(' ') },
      objective: await objectiveOf(path),
      nni: {
        ...(kept
          ? { searchSpaceFile: 'search_space.json' }
          : { searchSpace: Object.fromEntries(found.map((one) => [one.name, one.entry])) }),
        ...TUNER,
      },
    },
  }
}

/** A parameter on the command line; in quotes where its texts need them. */
const variable = (name: string, { _value }: SpaceProposal['entry']): string =>
  _value.every((value) => /^[\w.+-]*$/.test(String(value))) ? `$SECXOPS_PARAM_${name}` : `"$SECXOPS_PARAM_${name}"`

/** Names in the space beside a script; undefined where there is none. */
function namesIn(path: string): ReadonlySet<string> | undefined {
  if (!existsSync(path)) return undefined
  return new Set(Object.keys(checkSpace(readFileSync(path, 'utf8'), { format: 'json' }).space ?? {}))
}

/** A broken source still gets an experiment, without proposals. */
const proposals = (path: string, fromCode: FromCode): Promise<SpaceProposal[]> => fromCode(path).catch(() => [])

const objectiveOf = async (source: string | undefined): Promise<Json> => ({
  direction: 'maximize',
  ...(source ? await findObjective(source) : {}),
})

/** The notebook or script that a start command names. */
function startOf(start: string, directory: string): string | undefined {
  const word = start.split(/\s+/).find((one) => /\.(ipynb|py|sh|bash)$/.test(one) && existsSync(join(directory, one)))
  return word && join(directory, word)
}

const NAMES = ['trial.py', 'train.py', 'main.py']

function scriptIn(folder: string): string {
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.py') && !name.startsWith('__'))
  const found = NAMES.find((name) => scripts.includes(name)) ?? (scripts.length === 1 ? scripts[0] : undefined)
  if (found) return join(folder, found)
  throw new SecxopsError({
    code: 'bad-request',
    message: `Nothing in ${basename(folder)} stands out as what a trial runs (trial.py, train.py, main.py, or the only script). Choose the script itself, or package the folder as a module.`,
    where: { path: folder },
    next: [{ kind: 'package', label: 'Package as module', path: folder }],
  })
}
