import type { IncomingMessage } from 'node:http'

/** What the API server answered in place of what was asked for. `status` 0: it did not answer. */
export class ApiFailure extends Error {
  readonly status: number
  readonly server: string
  /** Kubernetes' own word, like `AlreadyExists` or `Expired`. */
  readonly reason: string
  /** Milliseconds it asks to be left alone. */
  readonly retryAfter: number | undefined

  constructor(status: number, server: string, message: string, reason = '', retryAfter?: number) {
    super(message)
    this.status = status
    this.server = server
    this.reason = reason
    this.retryAfter = retryAfter
  }

  /** The same request may succeed later: no answer, too many requests, or the server's own trouble. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

/** Reads the failure out of an answer. */
export function asFailure(answer: IncomingMessage, body: string): ApiFailure {
  const status = answer.statusCode ?? 0
  const seconds = Number(answer.headers['retry-after'])
  const retryAfter = Number.isFinite(seconds) ? seconds * 1000 : undefined
  const server = answer.headers.host ?? ''
  try {
    const { message, reason } = JSON.parse(body) as { message?: string; reason?: string }
    return new ApiFailure(status, server, message ?? `HTTP ${status}`, reason, retryAfter)
  } catch {
    return new ApiFailure(status, server, body.slice(0, 500) || `HTTP ${status}`, '', retryAfter)
  }
}
