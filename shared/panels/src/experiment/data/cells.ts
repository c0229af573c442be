import type { TrialParameters } from '@secxops/protocol/experiments'

/** What stands in one cell of the trials: a number, or a text that is one of some. */
export type Cell = number | string

/** Between the name of a nested choice and the name of what it holds. */
const INSIDE = ' › '

/**
 * Parameters of a trial, one entry a value, in their order. A nested choice gives its own name and below it what its branch holds; true
 * and false become words, whatever else is no number or text becomes JSON.
 */
export function parameterCells(parameters: TrialParameters): Map<string, Cell> {
  const cells = new Map<string, Cell>()
  const add = (name: string, value: unknown): void => {
    if (typeof value === 'number' || typeof value === 'string') cells.set(name, value)
    else if (isBranch(value)) {
      cells.set(name, String(value._name))
      for (const [key, inner] of Object.entries(value)) if (key !== '_name') add(`${name}${INSIDE}${key}`, inner)
    } else cells.set(name, JSON.stringify(value))
  }
  for (const [name, value] of Object.entries(parameters)) add(name, value)
  return cells
}

/** The chosen branch of a nested choice. */
function isBranch(value: unknown): value is Record<string, unknown> & { _name: unknown } {
  return typeof value === 'object' && value !== null && '_name' in value
}
