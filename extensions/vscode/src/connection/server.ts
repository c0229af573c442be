import { createHttpClient } from '@secxops/client/http-client'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { BackendProblem, sameRelease, type Target } from './target.ts'

const PATIENCE = 15_000

/** The team's server at `url`, once it answered with the right token and release. `release`: version of this extension. */
export async function findServer(url: string, token: string | undefined, release: string): Promise<Target> {
  const base = url.replace(/\/+$/, '')
  const host = base.replace(/^https?:\/\//, '')
  if (!/^https?:\/\/[^/]/.test(base)) {
    throw new BackendProblem(
      { code: 'bad-request', message: `secxops.server.url is "${url}". Write an address that begins with https://.` },
      'retry',
    )
  }
  if (base.startsWith('http:') && !/^(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(host)) {
    throw new BackendProblem(
      {
        code: 'forbidden',
        message: `secxops.server.url is "${url}": without https your token could be read on the way. Write https://.`,
      },
      'retry',
    )
  }
  if (!token) throw new BackendProblem({ code: 'unauthorized', message: `${host} asks for your token.` }, 'token')
  try {
    const client = createHttpClient({ base, fetch, headers: { authorization: `Bearer ${token}` } })
    const { version } = await client.call('health.get', {}, { signal: AbortSignal.timeout(PATIENCE) })
    if (sameRelease(version, release)) return { url: base, token, version }
    throw new BackendProblem(
      {
        code: 'conflict',
        message: `${host} runs SecXOps ${version}; this extension is ${release}. Install the release of the server, or ask for its update.`,
      },
      'version',
    )
  } catch (error) {
    if (error instanceof BackendProblem) throw error
    if (error instanceof SecxopsError && error.body.code === 'unauthorized')
      throw new BackendProblem({ ...error.body, message: `${host} refused the token.` }, 'token')
    const cause = error instanceof SecxopsError ? (error.body.cause ?? error.body.message) : String(error)
    throw new BackendProblem({ code: 'unavailable', message: `${host} does not answer.`, cause }, 'retry')
  }
}
