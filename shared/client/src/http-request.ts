import type { ErrorBody, ErrorCode } from '@secxops/protocol/errors'
import { SecxopsError } from '@secxops/protocol/secxops-error'

/** What the client needs of a `Response`, so that an adapter need not make a whole one. */
export type Answer = Pick<Response, 'ok' | 'status' | 'text' | 'body'> & { headers: Pick<Headers, 'get'> }

/** The `fetch` of a page, of Node or an adapter (unix socket). It may reject with a `SecxopsError` that says why there is no backend. */
export type Fetch = (url: string, init: RequestInit) => Promise<Answer>

export interface HttpOptions {
  /** URL in front of `/api/…`, without a closing slash; may be relative to the page. */
  base: string
  fetch: Fetch
  /** Sent with every request, e.g. a token. */
  headers?: Record<string, string>
}

/** `?a=1&b=2` of the values that are there; empty when none is. */
export function queryText(query: Record<string, unknown> | undefined): string {
  const parts = Object.entries(query ?? {})
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}

/** One request. Rejects with `SecxopsError`, except when `signal` was aborted: then with its reason. */
export async function request(options: HttpOptions, path: string, init: RequestInit): Promise<Answer> {
  let response: Answer
  try {
    response = await options.fetch(options.base.replace(/\/$/, '') + path, {
      ...init,
      headers: { ...options.headers, ...(init.headers as Record<string, string> | undefined) },
    })
  } catch (error) {
    if (init.signal?.aborted) throw init.signal.reason ?? error
    if (error instanceof SecxopsError) throw error
    throw unavailable(error instanceof Error ? error.message : String(error), error)
  }
  if (!response.ok) throw await errorOf(response)
  return response
}

export function unavailable(cause: string, error?: unknown): SecxopsError {
  return new SecxopsError(
    { code: 'unavailable', message: 'The SecXOps backend does not answer. Nothing is lost: runs go on.', cause },
    { cause: error },
  )
}

async function errorOf(response: Answer): Promise<SecxopsError> {
  const text = await response.text().catch(() => '')
  const body = readError(text)
  if (body) return new SecxopsError(body)
  if (response.status >= 502) return unavailable(`HTTP ${response.status} from the proxy in between`)
  const codes: Record<number, ErrorCode> = { 401: 'unauthorized', 403: 'forbidden', 404: 'not-found', 413: 'too-large' }
  const code = codes[response.status] ?? 'internal'
  return new SecxopsError({
    code,
    message:
      code === 'unauthorized' || code === 'forbidden'
        ? 'The server refused access. Log in again and reload the page.'
        : `The server answered HTTP ${response.status} without a SecXOps error.`,
    cause: text.slice(0, 300),
  })
}

function readError(text: string): ErrorBody | undefined {
  try {
    const body = JSON.parse(text) as Partial<ErrorBody> | null
    return typeof body?.code === 'string' && typeof body.message === 'string' ? (body as ErrorBody) : undefined
  } catch {
    return undefined
  }
}
