import type { Parameter } from '@secxops/protocol/module'
import { quoteWord } from '@secxops/protocol/start-command'
import type { Findings, FoundParameter } from './run-inspector.ts'

/** Start command of a source, with every preset value replaced by `$name`. `executed`: port of the executed notebook. */
export function startOf(found: Findings, executed: string): string {
  const entry = found.entry ?? 'main.py'
  const all = [...found.parameters, ...Object.values(found.ports ?? {})]
  if (entry.endsWith('.ipynb')) return notebookStart(entry, all, executed)
  if (/\.(ba)?sh$/.test(entry)) return shellStart(entry, found.program ?? 'sh', all)
  return ['python3', quoteWord(entry), ...programWords(all)].join(' ')
}

/** Port name for the executed copy of a notebook that nothing else has. */
export function executedName(found: Findings): string {
  const taken = new Set([...found.parameters, ...found.inputs, ...found.outputs].map((one) => one.name))
  return ['notebook', 'executed', 'executed_notebook'].find((name) => !taken.has(name)) ?? 'executed_copy'
}

function notebookStart(entry: string, parameters: FoundParameter[], executed: string): string {
  const words = parameters
    .filter((one) => one.via === 'papermill')
    .map(({ name, parameter }) => papermillWords(name, parameter))
  return [
    'papermill',
    quoteWord(entry),
    `$${executed}`,
    '-k python3',
    '--log-output',
    '--no-progress-bar',
    ...words,
  ].join(' ')
}

/**
 * `-p` for numbers, `-r` for text as it is, `-y` for what only YAML can say (true, lists, null); that is one word, because papermill
 * reads it as one document. An unset parameter leaves the command as a whole.
 */
function papermillWords(name: string, { type, choices }: Parameter): string {
  if (type === 'boolean' || type === 'json') return `-y "${name}: $${name}"`
  const numeric =
    type === 'integer' || type === 'number' || (choices?.every((choice) => typeof choice === 'number') ?? false)
  return `${numeric ? '-p' : '-r'} ${name} $${name}`
}

function shellStart(entry: string, program: string, parameters: FoundParameter[]): string {
  const variables = parameters.flatMap((one) => (one.variable ? [`${one.variable}=$${one.name}`] : []))
  return [
    ...(variables.length ? ['env', ...variables] : []),
    program,
    quoteWord(entry),
    ...positionals(parameters),
  ].join(' ')
}

/** Switches first, as users write them. */
function programWords(parameters: FoundParameter[]): string[] {
  const switches = parameters.flatMap(({ name, flags }) => {
    const [yes, no] = flags ?? []
    return flags ? [`\${${name}?${yes}${no ? `:${no}` : ''}}`] : []
  })
  const options = parameters.flatMap((one) =>
    one.option && !one.flags ? [`${quoteWord(one.option)} $${one.name}`] : [],
  )
  return [...switches, ...options, ...positionals(parameters)]
}

const positionals = (parameters: FoundParameter[]): string[] =>
  parameters
    .filter((one) => one.positional !== undefined)
    .sort((a, b) => (a.positional ?? 0) - (b.positional ?? 0))
    .map((one) => `$${one.name}`)
