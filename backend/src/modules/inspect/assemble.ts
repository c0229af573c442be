import { basename, dirname, extname, join } from 'node:path'
import type { Evidence } from '@secxops/protocol/inspect'
import type { InputPort, ModuleFile, OutputPort, Parameter } from '@secxops/protocol/module'
import { toName } from '@secxops/protocol/to-name'
import { parseValue } from '@secxops/protocol/value'
import type { Findings, FoundParameter } from './run-inspector.ts'
import { executedName, startOf } from './start.ts'

/** The module that a source makes by itself, before a module file that is there is merged in. */
export function foundModule(found: Findings, path: string, name: string | undefined): ModuleFile {
  const executed = executedName(found)
  const parameters = named(found.parameters, (one) => presetByCommand(one, found.command))
  const inputs = named(found.inputs, (one): InputPort => one.port)
  const outputs = named(found.outputs, (one): OutputPort => ({ ...one.port, path: one.port.path ?? one.name }))
  if (found.entry?.endsWith('.ipynb'))
    outputs[executed] = {
      type: 'file',
      path: `${basename(found.entry, '.ipynb')}.executed.ipynb`,
      description: 'the notebook with the results of this run',
    }
  return {
    apiVersion: 'secxops/v1',
    kind: 'Module',
    name: name ?? toName(basename(path, found.kind === 'folder' ? '' : extname(path)), 'module'),
    start: startOf(found, executed),
    ...(Object.keys(parameters).length ? { parameters } : {}),
    ...(Object.keys(inputs).length ? { inputs } : {}),
    ...(Object.keys(outputs).length ? { outputs } : {}),
  }
}

/** Findings added to the module file that is there: what the user wrote stays as it is. */
export function mergeModule(existing: ModuleFile, found: ModuleFile): ModuleFile {
  const taken = new Set(
    [existing.parameters, existing.inputs, existing.outputs].flatMap((part) => Object.keys(part ?? {})),
  )
  const add = <T>(
    own: Record<string, T> | undefined,
    more: Record<string, T> | undefined,
  ): Record<string, T> | undefined => {
    const fresh = Object.entries(more ?? {}).filter(([name]) => !taken.has(name))
    return fresh.length === 0 ? own : { ...own, ...Object.fromEntries(fresh) }
  }
  const merged: ModuleFile = { ...existing }
  const parameters = add(existing.parameters, found.parameters)
  const inputs = add(existing.inputs, found.inputs)
  const outputs = add(existing.outputs, found.outputs)
  if (parameters) merged.parameters = parameters
  if (inputs) merged.inputs = inputs
  if (outputs) merged.outputs = outputs
  const environment = existing.environment ?? found.environment
  if (environment) merged.environment = environment
  return merged
}

/** Why each field is there, by its place in the module file. */
export function evidenceOf(found: Findings, source: string): Record<string, Evidence> {
  const evidence = (one: { reason: string; file?: string; line?: number; cell?: number }): Evidence => ({
    path: placeOf(source, one.file),
    reason: one.reason,
    ...(one.line ? { line: one.line } : {}),
    ...(one.cell ? { cell: one.cell } : {}),
  })
  return {
    ...Object.fromEntries(found.parameters.map((one) => [`parameters.${one.name}`, evidence(one)])),
    ...Object.fromEntries(found.inputs.map((one) => [`inputs.${one.name}`, evidence(one)])),
    ...Object.fromEntries(found.outputs.map((one) => [`outputs.${one.name}`, evidence(one)])),
    start: { path: source, reason: found.entryReason ?? startReason(found) },
  }
}

/** Path of a finding: the source, or a file that it imports. */
export const placeOf = (source: string, file: string | undefined): string =>
  file === undefined ? source : join(dirname(source), file)

function startReason(found: Findings): string {
  if (found.entry?.endsWith('.ipynb')) return 'papermill runs the notebook as a notebook and keeps the executed copy'
  if (found.kind === 'shell') return 'the script is run by its shell'
  return found.parameters.some((one) => one.via !== 'sdk')
    ? 'the options of the script, each preset replaced by $name'
    : 'the script is run by Python'
}

/** A value that the Dockerfile's command gives to an option is a better preset than the one in the code. */
function presetByCommand(one: FoundParameter, command: string[] | null): Parameter {
  const at = one.option ? (command ?? []).indexOf(one.option) : -1
  const text = at < 0 ? undefined : command?.[at + 1]
  if (text === undefined || one.flags) return one.parameter
  const given = parseValue(one.parameter, text)
  return 'value' in given ? { ...one.parameter, default: given.value } : one.parameter
}

const named = <F extends { name: string }, T>(found: F[], value: (one: F) => T): Record<string, T> =>
  Object.fromEntries(found.map((one) => [one.name, value(one)]))
