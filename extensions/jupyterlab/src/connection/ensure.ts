import { URLExt } from '@jupyterlab/coreutils'
import { ServerConnection } from '@jupyterlab/services'
import type { ErrorBody } from '@secxops/protocol/errors'

/** Answer of the server extension. */
export interface Ensured {
  /** Absolute path of the folder that contents paths start from. */
  root: string
  /** Absolute path of SecXOps' home; absent while there is no backend. */
  home?: string
  version?: string
  /** Why there is no backend. */
  error?: ErrorBody
}

/** Asks the server extension to find or start the backend. Never rejects: a failure is an `error` in the answer. */
export async function ensureBackend(settings: ServerConnection.ISettings): Promise<Ensured> {
  try {
    const url = URLExt.join(settings.baseUrl, 'secxops-server', 'ensure')
    const response = await ServerConnection.makeRequest(url, { method: 'POST' }, settings)
    if (response.ok) return await response.json()
    return failed(
      response.status === 404
        ? 'The server extension of SecXOps is not enabled. Run: jupyter server extension enable secxops_jupyterlab'
        : `The Jupyter server answered ${response.status} when asked for the SecXOps backend.`,
    )
  } catch (cause) {
    return failed('The Jupyter server does not answer.', String(cause))
  }
}

const failed = (message: string, cause?: string): Ensured => ({
  root: '',
  error: { code: 'unavailable', message, cause },
})
