import type { RouteInput, RouteOutput } from '@secxops/protocol/api'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { ServerEvent } from '@secxops/protocol/events'
import type { RouteName } from '@secxops/protocol/routes'

/**
 * What panels, extensions and the CLI call. `http-client.ts` implements it over HTTP; a VS Code webview over messages;
 * tests over a script. Rejects with `SecxopsError` (protocol/errors.ts), code `unavailable` when there is no backend.
 */
export interface Client {
  call<R extends RouteName>(route: R, input: RouteInput<R>, options?: { signal?: AbortSignal }): Promise<RouteOutput<R>>
  /** Calls back on every event and on every change of the connection; returns the way to stop. */
  subscribe(listener: ClientListener): () => void
  /** State of the connection now. */
  readonly connection: Connection
  /** Tries to connect at once instead of waiting for the back-off. */
  reconnect(): void
}

export type Connection =
  | { state: 'connecting' }
  | { state: 'open'; version: string }
  /** `retryAt`: milliseconds since the epoch of the next attempt by itself. `why`: where it is more than that nobody answers. */
  | { state: 'lost'; since: number; retryAt: number; why?: ErrorBody }

export interface ClientListener {
  event?(event: ServerEvent): void
  /** `fresh`: events may have been missed; read again what is shown. */
  connection?(connection: Connection, fresh: boolean): void
}
