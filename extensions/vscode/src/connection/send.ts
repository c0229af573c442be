import type { Answer } from '@secxops/client/http-request'
import { socketFetch } from '@secxops/client/node/socket-fetch'
import type { Target } from './target.ts'

/** One request (`path` begins with `/api/`) to where the backend is. */
export function send(target: Target, path: string, init: RequestInit): Promise<Answer> {
  if ('socket' in target) return socketFetch(target.socket)(`http://secxops${path}`, init)
  const headers = { ...(init.headers as Record<string, string> | undefined), authorization: `Bearer ${target.token}` }
  return fetch(target.url + path, { ...init, headers })
}
