import type { ModuleFile, ParameterValue } from '@secxops/protocol/module'
import { parseStart, renderArgv } from '@secxops/protocol/start-command'
import { commandValues } from '@secxops/protocol/value'

/**
 * Words of the final command with defaults for values; ports and values that must still be given stand as `placeholder` says.
 * Undefined when a value can't be a word; `checkModule` says why.
 */
export function previewArgv(
  module: ModuleFile,
  placeholder: (name: string, what: 'port' | 'value') => string,
): string[] | undefined {
  const values: Record<string, ParameterValue> = {}
  for (const [name, { default: value, required, type }] of Object.entries(module.parameters ?? {})) {
    const unset = value === undefined || (value === null && type !== 'json')
    if (!unset) values[name] = type === 'secret' ? '••••' : value
    else if (required !== false) values[name] = placeholder(name, 'value')
  }
  for (const name of Object.keys({ ...module.inputs, ...module.outputs })) values[name] = placeholder(name, 'port')
  try {
    return renderArgv(parseStart(module.start).words, commandValues(module.parameters, values))
  } catch {
    return undefined
  }
}
