import type { FastifyInstance } from 'fastify'
import { route } from '../server/route.ts'
import { copyExample } from './copy-example.ts'

export function registerExampleRoutes(app: FastifyInstance): void {
  route(app, 'examples.copy', ({ body }) => copyExample(body.name ?? 'phishing', body.directory))
}
