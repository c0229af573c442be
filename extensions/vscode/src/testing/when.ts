/** Context keys of the editor by name. */
export type Context = ReadonlyMap<string, unknown>

/** Whether a `when` or `enablement` of the manifest holds; undefined always does. Understands what our manifest uses: no brackets. */
export const holds = (condition: string | undefined, context: Context): boolean =>
  condition === undefined ||
  condition.split('||').some((all) => all.split('&&').every((term) => termHolds(term.trim(), context)))

function termHolds(term: string, context: Context): boolean {
  if (term.startsWith('!')) return !context.get(term.slice(1).trim())
  const [, key = term, operator, value = ''] = /^([\w.]+)\s*(==|!=|=~|!~|>)\s*(.+)$/.exec(term) ?? []
  const held = context.get(key)
  switch (operator) {
    case '==':
      return String(held) === plain(value)
    case '!=':
      return String(held) !== plain(value)
    case '>':
      return Number(held) > Number(value)
    case '=~':
      return matches(held, value)
    case '!~':
      return !matches(held, value)
    default:
      return Boolean(held)
  }
}

const plain = (value: string): string => value.replace(/^'(.*)'$/, '$1')

function matches(held: unknown, value: string): boolean {
  const [, source = '', flags = ''] = /^\/(.*)\/(\w*)$/.exec(value) ?? []
  return held !== undefined && new RegExp(source, flags).test(String(held))
}
