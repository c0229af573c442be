/** Name in `{parameter: NAME}` (a node takes the value of a workflow parameter), else undefined. */
export function parameterOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined
  const { parameter } = value as { parameter?: unknown }
  return typeof parameter === 'string' ? parameter : undefined
}
