import type { ErrorBody } from '@secxops/protocol/errors'

/** The error's body when it is one of ours; anything else becomes code `internal` with its own words. */
export function errorBody(error: unknown): ErrorBody {
  if (error instanceof Error && 'body' in error && isBody(error.body)) return error.body
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}

function isBody(value: unknown): value is ErrorBody {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value
}
