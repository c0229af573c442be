import type { RouteInput } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/errors'
import type { Inspection } from '@secxops/protocol/inspect'
import type { Python } from '../../environments/python.ts'

export interface InspectContext {
  baseImage: string
  python(): Promise<Python>
  signal: AbortSignal
}

export function inspect(body: RouteInput<'modules.inspect'>['body'], _context: InspectContext): Promise<Inspection> {
  return Promise.reject(new SecxopsError({ code: 'unavailable', message: `${body.path} cannot be inspected yet.` }))
}
