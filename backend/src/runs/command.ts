import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { Values } from '@secxops/protocol/inspect'
import type { ModuleFile } from '@secxops/protocol/module'
import { LONG_VALUE, parseStart, renderArgv } from '@secxops/protocol/start-command'
import { didYouMean } from '@secxops/protocol/suggest'
import { commandValues, formatValue } from '@secxops/protocol/value'
import { assetPath } from '../assets.ts'
import type { PreparedEnvironment } from '../services.ts'
import { portPaths } from './attempt-files.ts'

/** Files of an attempt beside its working folder. */
export interface AttemptPlaces {
  /** `attempts/<run>/<node>/<n>`. */
  directory: string
  work: string
}

export const placesOf = (directory: string): AttemptPlaces => ({ directory, work: join(directory, 'work') })

/** Argv and variables of a command, before its environment is known; `files`: what must be written first. */
export interface CommandText {
  argv: string[]
  variables: Record<string, string>
  files: { path: string; text: string }[]
}

/**
 * Everything the module sees, worked out without touching the disk. `inputs`: ports that have content.
 * Throws `SecxopsError` (bad-start-command, bad-parameter).
 */
export function commandOf(
  module: ModuleFile,
  values: Values,
  inputs: readonly string[],
  places: AttemptPlaces,
  names: { runId: string; nodeId: string; number: number },
): CommandText {
  const { directory, work } = places
  const files: { path: string; text: string }[] = []
  const fileFor = (name: string, text: string): string => {
    const path = join(directory, 'values', name)
    if (!files.some((file) => file.path === path)) files.push({ path, text })
    return path
  }
  const { words, problems } = parseStart(module.start)
  const broken = problems.find((problem) => problem.severity === 'error')
  if (broken)
    throw new SecxopsError({
      code: 'bad-start-command',
      message: broken.message,
      where: broken.where,
      next: broken.next,
    })
  const paths = portPaths(module, work)
  const present = Object.fromEntries(inputs.map((port) => [port, paths.inputs[port]]))
  const texts = commandValues(module.parameters, values)
  const argv = renderArgv(words, { ...texts, ...present, ...paths.outputs }, fileFor)

  const variables: Record<string, string> = {}
  for (const [name, value] of Object.entries(texts)) {
    const text = formatValue(value)
    if (Buffer.byteLength(text) <= LONG_VALUE) variables[`SECXOPS_PARAM_${name}`] = text
    else variables[`SECXOPS_PARAM_${name}_FILE`] = fileFor(name, text)
  }
  for (const [name, path] of Object.entries(present)) variables[`SECXOPS_INPUT_${name}`] = path ?? ''
  for (const [name, path] of Object.entries(paths.outputs)) variables[`SECXOPS_OUTPUT_${name}`] = path
  const all = Object.fromEntries(Object.keys(module.parameters ?? {}).map((name) => [name, values[name] ?? null]))
  files.push({ path: join(directory, 'params.json'), text: JSON.stringify(all) })
  Object.assign(variables, {
    SECXOPS_PARAMS_FILE: join(directory, 'params.json'),
    SECXOPS_METRICS_FILE: join(directory, 'metrics.jsonl'),
    SECXOPS_STOP_FILE: join(directory, 'stop'),
    SECXOPS_CHECKPOINT_DIR: join(directory, 'checkpoints'),
    SECXOPS_RUN: names.runId,
    SECXOPS_NODE: names.nodeId,
    SECXOPS_ATTEMPT: String(names.number),
  })
  return { argv, variables, files }
}

/** What a module must not see of the daemon's own environment: how the backend and Jupyter are reached. */
const PRIVATE = /^(SECXOPS_|JPY_|JUPYTERHUB_|JUPYTER_TOKEN$|NODE_|npm_)/

/** Whole environment of a command. */
export function environmentOf(
  variables: Record<string, string>,
  prepared: PreparedEnvironment,
): Record<string, string> {
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !PRIVATE.test(entry[0]),
  )
  const inherited = Object.fromEntries(own)
  return {
    ...inherited,
    PYTHONUNBUFFERED: '1',
    ...prepared.variables,
    ...variables,
    PATH: [...prepared.bin, inherited.PATH ?? '/usr/bin:/bin'].join(delimiter),
    PYTHONPATH: [assetPath('sdk'), inherited.PYTHONPATH].filter(Boolean).join(delimiter),
  }
}

/** Absolute path of the program that `argv[0]` names, as `execvp` would find it. Throws `cannot-run-here` when there is none. */
export function findProgram(name: string, path: string): string {
  if (name.includes('/')) return name
  const folders = path.split(delimiter).filter((folder) => folder.startsWith('/'))
  for (const folder of folders) if (isProgram(join(folder, name))) return join(folder, name)
  const near = didYouMean(name, ['python', 'python3', 'papermill', 'sh', 'bash', 'node', 'env'])
  throw new SecxopsError({
    code: 'cannot-run-here',
    message: `The command ${JSON.stringify(name)} is not installed on this machine${near ? `; did you mean ${near}?` : '.'} Install it, add its package to the requirements, or correct the start command.`,
    where: { field: 'start' },
    cause: `not found in PATH: ${folders.join(delimiter)}`,
  })
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
