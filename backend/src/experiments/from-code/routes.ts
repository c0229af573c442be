import { resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { route } from '../../server/route.ts'
import { fromCode } from './from-code.ts'

/** Proposals of a search space from code. `python`: the interpreter that reads sources. */
export function registerFromCodeRoute(app: FastifyInstance, python: () => Promise<{ path: string }>): void {
  route(app, 'experiments.fromCode', async ({ body, signal }) => ({
    proposals: await fromCode(resolve(body.path), (await python()).path, signal),
  }))
}
