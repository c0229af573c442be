import type { FastifyInstance } from 'fastify'
import { route } from '../server/route.ts'
import { previewArgv } from './argv.ts'
import type { Modules } from './modules.ts'

export function registerModuleRoutes(app: FastifyInstance, modules: Modules): void {
  route(app, 'modules.list', () => modules.list())
  route(app, 'modules.get', ({ params, query }) => modules.get(params.name, query.version))
  route(app, 'modules.resolve', ({ body }) => modules.resolve(body.ref, body.base))
  route(app, 'modules.inspect', ({ body, signal }) => modules.inspect(body, signal))
  route(app, 'modules.write', ({ body }) => modules.write(body))
  route(app, 'modules.argv', ({ body }) => previewArgv(body.module, body.values))
  route(app, 'modules.save', ({ body }) => modules.save(body.path, body.version))
  route(app, 'modules.publishCheck', ({ body }) => modules.publishCheck(body.path))
  route(app, 'modules.writeDockerfile', ({ body }) => modules.writeDockerfile(body.path))
  route(app, 'modules.addRequirement', ({ body }) => modules.addRequirement(body.path, body.requirement))
}
