import { ServerConnection } from '@jupyterlab/services'
import type { Fetch } from '@secxops/client/http-request'

/**
 * `fetch` for the client: with Jupyter's login and XSRF header. Where the proxy cannot reach the backend (it answers with a
 * page instead of JSON), `revive` is called, and a request that changes nothing is sent once more.
 */
export function proxyFetch(settings: ServerConnection.ISettings, revive: () => Promise<void>): Fetch {
  return async (url, init) => {
    // With JupyterLab's default, no-store, a time stamp is appended to the query, which no route of ours knows.
    const send = (): Promise<Response> => ServerConnection.makeRequest(url, { ...init, cache: 'no-cache' }, settings)
    const response = await send()
    if (!isProxyFailure(response)) return response
    await revive()
    const second = init.method === 'GET' ? await send() : response
    if (isProxyFailure(second)) throw new TypeError(`The proxy cannot reach the backend (HTTP ${second.status}).`)
    return second
  }
}

const isProxyFailure = (response: Response): boolean =>
  response.status >= 500 && !response.headers.get('content-type')?.includes('json')
