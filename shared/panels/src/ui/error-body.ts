import type { ErrorBody } from '@secxops/protocol/errors'

/** The error's body when it is one of ours; anything else becomes code `internal` with its own words. */
export function errorBody(error: unknown): ErrorBody {
  if (error instanceof Error && 'body' in error && isBody(error.body)) return error.body
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}

/** The cause as far as it tells more than what is shown beside it: the message, and perhaps the last lines of a log. */
export function ownCause({ message, cause }: ErrorBody, lines: readonly string[] = []): string | undefined {
  if (cause === undefined) return undefined
  const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
  return [message, lines.join('\n')].some((shown) => oneLine(shown).includes(oneLine(cause))) ? undefined : cause
}

function isBody(value: unknown): value is ErrorBody {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value
}
