import type { ErrorBody } from './error-schemas.ts'

/** The error class of every layer; `body` goes over the wire unchanged. In a file of its own so that pages get it without a validator. */
export class SecxopsError extends Error {
  readonly body: ErrorBody
  constructor(body: ErrorBody, options?: { cause?: unknown }) {
    super(body.message, options)
    this.name = 'SecxopsError'
    this.body = body
  }
}
