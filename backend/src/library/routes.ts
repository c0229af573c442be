import { SecxopsError } from '@secxops/protocol/errors'
import type { FastifyInstance } from 'fastify'
import { route } from '../server/route.ts'
import type { Library } from './library.ts'

export function registerLibraryRoutes(app: FastifyInstance, library: Library): void {
  route(app, 'library.list', ({ params }) => library.list(params.kind))
  route(app, 'library.add', ({ params, body, signal }) =>
    library.add(params.kind, body.path, body.name, body.description ?? '', signal),
  )
  route(app, 'library.get', ({ params }) => library.get(params))
  route(app, 'library.preview', ({ params, query }) => library.preview(library.pathOf(params), query))
  route(app, 'library.export', async ({ params, body, signal }) => ({
    path: await library.export(params, body, signal),
  }))
  route(app, 'library.remove', async ({ params, body }) => ({
    restorableUntil: await library.remove(params, body.confirm),
  }))
  route(app, 'library.restore', ({ params: { version, ...name } }) => {
    if (version === 'latest') throw new SecxopsError({ code: 'bad-request', message: 'Name the version to restore.' })
    return library.restore({ ...name, version })
  })
}
