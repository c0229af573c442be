import type { ErrorBody } from '@secxops/protocol/errors'
import { SecxopsError } from '@secxops/protocol/secxops-error'

/** Where the backend is: the daemon of this machine, or a server of the team. */
export type Target = { socket: string; version: string; home: string } | { url: string; token: string; version: string }

/** What the user can do about a backend that is not there. */
export type Remedy = 'node' | 'token' | 'version' | 'retry'

/** Why there is no backend, and which remedy is offered. */
export class BackendProblem extends SecxopsError {
  readonly remedy: Remedy
  constructor(body: ErrorBody, remedy: Remedy) {
    super(body)
    this.remedy = remedy
  }
}

/** True where two versions are of one release and so speak the same protocol; builds of it may differ. */
export const sameRelease = (a: string, b: string): boolean => a.split('+')[0] === b.split('+')[0]
