import { checkParameters } from './check-parameters.ts'
import type { Problem } from './errors.ts'
import type { Json } from './json.ts'
import { ModuleFile } from './module.ts'
import { schemaProblems } from './schema-problems.ts'
import { checkStart } from './start-command.ts'
import { patchYaml } from './yaml-patch.ts'
import { placeOf, readYaml, type YamlTree } from './yaml-read.ts'
import { blockText, type Path, type YamlStyle } from './yaml-write.ts'

const ORDER = Object.keys(ModuleFile.shape)
const PARAMETER_ORDER = ['type', 'default', 'required', 'minimum', 'maximum', 'choices', 'description']
const PORT_ORDER = ['type', 'path', 'required', 'description']

const style: YamlStyle = {
  flow: (path: Path) => path.length >= 2 || path[0] === 'environment' || path[0] === 'resources',
  order: (path: Path) => {
    if (path.length === 0) return ORDER
    if (path.length !== 2) return undefined
    return path[0] === 'parameters' ? PARAMETER_ORDER : PORT_ORDER
  },
}

/**
 * Reads a module file. `module` is there when the text is YAML of the right shape; `problems` then are those of
 * {@link checkModule}. Every problem has a line and column, and `path` (absolute) when given.
 */
export function parseModule(text: string, path?: string): { module?: ModuleFile; problems: Problem[] } {
  const { tree, problems } = readYaml(text)
  const placed = (list: Problem[]): Problem[] => list.map((one) => ({ ...one, where: { ...one.where, path } }))
  if (!tree) return { problems: placed(problems) }
  const result = ModuleFile.safeParse(tree.value)
  if (!result.success) return { problems: placed(schemaProblems(ModuleFile, tree, result.error.issues, 'bad-module')) }
  return { module: result.data, problems: placed(checkModule(result.data).map((problem) => locate(tree, problem))) }
}

function locate(tree: YamlTree, problem: Problem): Problem {
  const field = problem.where?.field
  if (!field) return problem
  const place = placeOf(tree, field.split('.'), field !== 'start')
  const inside = field === 'start' ? problem.where?.column : undefined
  // A start command written plainly on one line: the column inside the command is a column of the file.
  const line = tree.text.split('\n')[(place.line ?? 1) - 1] ?? ''
  const plain =
    inside !== undefined && line.slice((place.column ?? 1) - 1).startsWith((tree.value as { start: string }).start)
  return {
    ...problem,
    where: { ...problem.where, ...place, ...(plain && { column: (place.column ?? 1) + inside - 1 }) },
  }
}

/**
 * Text of a module file. With `previousText` only what differs is changed there, so that comments, order and quoting stay;
 * throws `bad-yaml` when `previousText` is not YAML.
 */
export function writeModule(module: ModuleFile, previousText?: string): string {
  const target = JSON.parse(JSON.stringify(module)) as Json
  if (previousText?.trim()) return patchYaml(previousText, target, { style })
  return `${blockText(target, '', [], style)}\n`
}

/** What is wrong with a module of the right shape: names used twice, defaults and ranges that contradict, start command. */
export function checkModule(module: ModuleFile): Problem[] {
  const problems: Problem[] = []
  const fail = (field: string, message: string): void => {
    problems.push({ severity: 'error', code: 'bad-module', message, where: { field } })
  }
  const seen = new Map<string, string>()
  for (const section of ['parameters', 'inputs', 'outputs'] as const)
    for (const name of Object.keys(module[section] ?? {})) {
      const other = seen.get(name)
      if (other)
        fail(
          `${section}.${name}`,
          `${name} is already in ${other}. $${name} can mean one thing only: rename one of them.`,
        )
      else seen.set(name, section)
    }
  if (module.environment?.interpreter && (module.environment.requirements || module.environment.python))
    fail(
      'environment',
      'interpreter is an environment that is already there; remove python and requirements, or interpreter.',
    )
  return [...problems, ...checkParameters(module.parameters), ...pathProblems(module), ...checkStart(module)]
}

/** Outputs that would overwrite each other or an input. */
function pathProblems(module: ModuleFile): Problem[] {
  const used = new Map<string, string>()
  for (const [name, port] of Object.entries(module.inputs ?? {})) used.set(clean(port.path ?? name), `input ${name}`)
  const problems: Problem[] = []
  for (const [name, port] of Object.entries(module.outputs ?? {})) {
    const other = used.get(clean(port.path))
    if (other)
      problems.push({
        severity: 'error',
        code: 'bad-module',
        message: `Output ${name} has the same path as ${other}. Give it another path.`,
        where: { field: `outputs.${name}.path` },
      })
    else used.set(clean(port.path), `output ${name}`)
  }
  return problems
}

const clean = (path: string): string => path.replace(/(^|\/)(\.\/)+/g, '$1').replace(/\/+$/, '')
