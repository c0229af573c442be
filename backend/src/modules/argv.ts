import { type Problem, SecxopsError } from '@secxops/protocol/errors'
import type { ArgvPreview, Values } from '@secxops/protocol/inspect'
import type { ModuleFile, ParameterValue } from '@secxops/protocol/module'
import { checkStart, parseStart, renderArgv } from '@secxops/protocol/start-command'
import { suggestion } from '@secxops/protocol/suggest'
import { checkValue, commandValues, withDefaults } from '@secxops/protocol/value'

/** Argv that a module would be started with; inputs and outputs are shown by their path in the working directory. */
export function previewArgv(module: ModuleFile, given: Values = {}): ArgvPreview {
  const parameters = module.parameters ?? {}
  const problems: Problem[] = checkStart(module)
  for (const name of Object.keys(given))
    if (!Object.hasOwn(parameters, name))
      problems.push({
        severity: 'error',
        code: 'unknown-parameter',
        message: `${module.name} has no parameter ${name}.${suggestion(name, Object.keys(parameters))}`,
        where: { field: `parameters.${name}` },
      })
  const values = withDefaults(parameters, given)
  for (const [name, parameter] of Object.entries(parameters)) {
    const wrong = checkValue(parameter, values[name])
    if (wrong)
      problems.push({
        severity: 'error',
        code: values[name] === undefined ? 'missing-parameter' : 'bad-parameter',
        message: `Parameter ${name}: ${wrong}`,
        where: { field: `parameters.${name}` },
      })
  }
  try {
    return {
      argv: renderArgv(
        parseStart(module.start).words,
        { ...commandValues(parameters, values), ...portPaths(module) },
        longValue,
      ),
      problems,
    }
  } catch (error) {
    if (!(error instanceof SecxopsError)) throw error
    const { code, message, where } = error.body
    return { argv: [], problems: [...problems, { severity: 'error', code, message, where }] }
  }
}

/** Paths of the ports inside the working directory. */
function portPaths(module: ModuleFile): Record<string, ParameterValue> {
  const inputs = Object.entries(module.inputs ?? {}).map(([name, port]) => [name, port.path ?? name])
  const outputs = Object.entries(module.outputs ?? {}).map(([name, port]) => [name, port.path])
  return Object.fromEntries([...inputs, ...outputs])
}

/** Stands where a run puts the path of the file that holds a long value. */
const longValue = (name: string, text: string): string => `‹file with the ${text.length} characters of ${name}›`
