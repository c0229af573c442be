import { statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { SpaceProposal } from '@secxops/protocol/experiments'
import { Parameter } from '@secxops/protocol/module'
import { proposeEntry } from '@secxops/protocol/search-space/propose-entry'
import * as z from 'zod'
import { assetPath } from '../../assets.ts'
import { runPython } from '../../modules/inspect/run-inspector.ts'
import { findModuleFile, readModule } from '../../modules/locate.ts'

/** Proposals that one answer has at the most. */
const MOST_PROPOSALS = 200

const Found = z.object({
  name: z.string(),
  parameter: Parameter.partial(),
  via: z.enum(['nni', 'sdk', 'argparse', 'click', 'typer', 'argv', 'papermill']),
  reason: z.string(),
  /** Of argparse: its long form, where it has one. */
  option: z.string().optional(),
  /** Relative to the folder of the source. */
  file: z.string(),
  line: z.int(),
  cell: z.int().optional(),
})
type Found = z.infer<typeof Found>

const Answer = z.union([
  z.object({ bad: z.string(), line: z.int().optional(), column: z.int().optional() }),
  z.object({ parameters: z.array(Found) }),
])

/** What takes parameters from the command line. */
const COMMAND_LINE = new Set(['argparse', 'click', 'typer', 'argv'])

/** What hands parameters to the code of a module that its file does not declare. */
const UNDECLARED = new Set(['nni', 'sdk'])

/**
 * Parameters of a module, and those that a notebook, script or folder reads, each with an entry to search over. Nothing of it is run. `python`: path of the
 * interpreter that reads it. Rejects with no-such-file, bad-notebook or bad-module, and with
 * too-large where reading it takes too long.
 */
export async function fromCode(path: string, python: string, signal: AbortSignal): Promise<SpaceProposal[]> {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw new SecxopsError({ code: 'no-such-file', message: `There is nothing at ${path}.`, where: { path } })
  const source = /^module\.ya?ml$/.test(basename(path)) ? dirname(path) : path
  const text = await runPython(python, ['-I', '-B', assetPath('experiments/from_code.py'), source], signal)
  const answer = Answer.parse(JSON.parse(text))
  if ('bad' in answer) {
    const { bad, ...place } = answer
    throw new SecxopsError({
      code: extname(path) === '.ipynb' ? 'bad-notebook' : 'bad-module',
      message: bad,
      where: { path, ...place },
      next: [{ kind: 'open', label: 'Open it', place: { path, ...place } }],
    })
  }
  const folder = source === path && !stat.isDirectory() ? dirname(path) : source
  const declared = ofModule(path)
  const names = new Set(declared?.names)
  const read = answer.parameters.filter(({ name, via }) => !declared || (!names.has(name) && UNDECLARED.has(via)))
  return [...(declared?.proposals ?? []), ...read.flatMap((one) => proposal(one, folder))].slice(0, MOST_PROPOSALS)
}

/** What the module file of a folder declares; undefined where there is none. */
function ofModule(path: string): { names: string[]; proposals: SpaceProposal[] } | undefined {
  const file = findModuleFile(path)
  if (!file) return undefined
  const { modulePath, module } = readModule(file)
  const parameters = Object.entries(module.parameters ?? {})
  return {
    names: parameters.map(([name]) => name),
    proposals: parameters.flatMap(([name, parameter]) => {
      const entry = proposeEntry(name, parameter)
      return entry
        ? [{ name, entry, why: `parameter of module ${module.name}${presetOf(parameter)}`, path: modulePath }]
        : []
    }),
  }
}

const presetOf = ({ default: preset }: Partial<Parameter>): string =>
  preset === undefined ? ', no preset known' : `, preset ${JSON.stringify(preset)}`

function proposal(found: Found, folder: string): SpaceProposal[] {
  const { name, parameter, reason, file, line, cell } = found
  const entry = proposeEntry(name, parameter)
  if (!entry) return []
  // What NNI hands over is taken as it is: the text "false" would count as true.
  const plain = found.via === 'nni' && parameter.type === 'boolean' ? { _type: 'choice', _value: [1, 0] } : entry
  const place = cell === undefined ? '' : `, cell ${cell}`
  const byCommand = COMMAND_LINE.has(found.via)
  const word = found.via === 'argparse' && parameter.type !== 'boolean' ? (found.option ?? '') : ''
  const taken = byCommand ? { option: word } : {}
  return [
    { name, entry: plain, why: `${reason}${presetOf(parameter)}${place}`, path: join(folder, file), line, ...taken },
  ]
}
