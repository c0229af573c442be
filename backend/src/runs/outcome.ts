import type { ErrorBody } from '@secxops/protocol/errors'
import { SecxopsError } from '@secxops/protocol/errors'
import type { PortContent } from '@secxops/protocol/run'

/** How an attempt ended; goes into its record. */
export interface Outcome {
  state: 'succeeded' | 'failed' | 'cancelled'
  exitCode?: number
  signal?: string
  outputs: Record<string, PortContent>
  error?: ErrorBody
  tail?: string[]
  notebook?: string
  peakMemory?: number
}

/** A failure that is not the command's: its own error body, or what went wrong inside SecXOps. */
export function failure(error: unknown): Outcome {
  return { state: 'failed', outputs: {}, error: bodyOf(error) }
}

/** Any error as a body for the record. */
export function bodyOf(error: unknown): ErrorBody {
  if (error instanceof SecxopsError) return error.body
  if (isBody(error)) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return {
      code: 'disk-full',
      message: 'There is no space left on the disk. Free some space and press Continue.',
      cause: message,
    }
  if (code === 'E2BIG')
    return {
      code: 'bad-parameter',
      message: 'All words of the command together are longer than the system allows. Pass the large ones as files.',
      cause: message,
    }
  return { code: 'internal', message: `SecXOps could not run it: ${message}`, cause: code || undefined }
}

const isBody = (error: unknown): error is ErrorBody =>
  typeof error === 'object' && error !== null && !(error instanceof Error) && 'code' in error && 'message' in error
