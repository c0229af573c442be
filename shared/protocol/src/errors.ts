import type { ErrorCode } from './error-schemas.ts'

/**
 * What everybody needs of errors. The schemas lie in a file of their own, so that a page that only throws and reads errors carries no
 * validator.
 */
export { ERROR_CODES, ErrorBody, ErrorCode, NextAction, Place, Problem } from './error-schemas.ts'
export { SecxopsError } from './secxops-error.ts'

/** HTTP status of an error code. */
export function statusOf(code: ErrorCode): number {
  switch (code) {
    case 'unauthorized':
      return 401
    case 'forbidden':
    case 'path-outside':
      return 403
    case 'not-found':
    case 'unknown-artifact':
    case 'unknown-module':
    case 'unknown-version':
    case 'no-such-file':
      return 404
    case 'conflict':
    case 'version-exists':
      return 409
    case 'too-large':
      return 413
    case 'internal':
      return 500
    case 'unavailable':
    case 'read-only':
    case 'disk-full':
    case 'no-network':
    case 'no-python':
      return 503
    default:
      return 400
  }
}
