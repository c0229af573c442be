import { SecxopsError } from '@secxops/protocol/errors'
import type { Trial } from '@secxops/protocol/experiments'
import type { ModuleFile, ParameterValue } from '@secxops/protocol/module'
import { checkValue } from '@secxops/protocol/value'

/** A trial's parameters as values of a module; what tuners add of their own is left out. Throws bad-parameter. */
export function appliedValues(trial: Trial, module: ModuleFile): Record<string, ParameterValue> {
  const values: Record<string, ParameterValue> = {}
  for (const [name, value] of Object.entries(trial.parameters)) {
    const parameter = module.parameters?.[name]
    if (!parameter) continue
    const wrong = checkValue(parameter, value)
    if (wrong !== undefined)
      throw new SecxopsError({
        code: 'bad-parameter',
        message: `Parameter ${name} of module ${module.name} has changed since the search: ${wrong}`,
        where: { field: `parameters.${name}` },
      })
    values[name] = value
  }
  if (Object.keys(values).length > 0) return values
  throw new SecxopsError({
    code: 'unknown-parameter',
    message: `Module ${module.name} has none of the trial's parameters (${Object.keys(trial.parameters).join(', ') || 'it has none'}).`,
  })
}
