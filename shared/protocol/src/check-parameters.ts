import type { Problem } from './errors.ts'
import type { Parameter } from './module.ts'
import { checkValue, isUnset } from './value.ts'

/** Declarations of parameters that contradict themselves: ranges, choices, and defaults that do not obey them. */
export function checkParameters(parameters: Record<string, Parameter> | undefined): Problem[] {
  return Object.entries(parameters ?? {}).flatMap(([name, parameter]) =>
    findings(name, parameter).map(([part, message]) => ({
      severity: 'error' as const,
      code: 'bad-parameter' as const,
      message,
      where: { field: `parameters.${name}${part && `.${part}`}` },
    })),
  )
}

function findings(name: string, parameter: Parameter): [string, string][] {
  const { minimum, maximum, type, choices } = parameter
  const found: [string, string][] = []
  const numeric = type === 'integer' || type === 'number'
  if (type === 'choice' && !choices) found.push(['', `${name} is a choice: list under choices what can be chosen.`])
  if (type !== 'choice' && choices) found.push(['choices', `choices belong to type choice; ${name} is ${type}.`])
  if (!numeric && (minimum !== undefined || maximum !== undefined))
    found.push(['', `minimum and maximum belong to type integer or number; ${name} is ${type}.`])
  if (minimum !== undefined && maximum !== undefined && minimum > maximum)
    found.push(['minimum', `${name}: minimum ${minimum} is above maximum ${maximum}.`])
  if (isUnset(parameter, parameter.default) || found.length > 0) return found
  if (type === 'secret')
    return [['default', `${name} is a secret: a default would stand readable in this file. Remove it.`]]
  const message = checkValue(parameter, parameter.default)
  return message ? [['default', `Default of ${name}: ${message}`]] : []
}
