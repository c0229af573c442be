import type { FastifyInstance } from 'fastify'
import { route } from '../../server/route.ts'
import { userName } from '../user-name.ts'
import type { Bases } from './bases.ts'
import { importTree } from './import-tree.ts'

/** References that a leaf should have unless the caller says otherwise. */
const ENOUGH = 10

export function registerBaseRoutes(app: FastifyInstance, bases: Bases): void {
  const { catalog, changes } = bases
  route(app, 'labels.bases.list', () => catalog.list())
  route(app, 'labels.bases.create', ({ body }) => catalog.create(body))
  route(app, 'labels.bases.get', ({ params }) => bases.get(params.base))
  route(app, 'labels.bases.remove', async ({ params, body }) => {
    await catalog.remove(params.base, body.confirm, body.forever)
    return {}
  })
  route(app, 'labels.bases.restore', ({ params }) => catalog.restore(params.base))

  route(app, 'labels.taxonomy.get', ({ params }) => bases.taxonomy(params.base))
  route(app, 'labels.taxonomy.edit', async ({ params: { base }, body }) => {
    const change = await changes.editTree(base, body.version, body.edits, body.by ?? userName())
    return { change, taxonomy: bases.taxonomy(base) }
  })

  route(app, 'labels.taxonomy.import', async ({ params: { base }, body: { by, ...source } }) => {
    const { readTaxonomy } = await import('../files/taxonomy-file.ts')
    const outline = await readTaxonomy(source, catalog.row(base).levels)
    const { change, made } = await changes.change(base, by ?? userName(), 'import', (writer) =>
      importTree(writer, outline),
    )
    return { change, added: made.added, unchanged: made.unchanged, warnings: made.warnings }
  })
  route(app, 'labels.taxonomy.export', async ({ params, query }) => {
    const { writeTaxonomy } = await import('../files/taxonomy-write.ts')
    return { text: writeTaxonomy(bases.taxonomy(params.base), query.format ?? 'yaml') }
  })

  route(app, 'labels.references.list', ({ params, query }) => bases.listReferences(params.base, query))
  route(app, 'labels.references.remove', ({ params, body }) =>
    changes.removeReferences(params.base, body.ids, body.by ?? userName()),
  )
  route(app, 'labels.coverage', ({ params, query }) => bases.coverage(params.base, query.enough ?? ENOUGH))

  route(app, 'labels.accept', ({ params, body: { by, ...label } }) =>
    changes.accept(params.base, label, by ?? userName()),
  )
  route(app, 'labels.undo', ({ params, body }) => changes.undo(params.base, body.change, body.by ?? userName()))
  route(app, 'labels.changes', ({ params, query }) => bases.listChanges(params.base, query))
  route(app, 'labels.journal', ({ params, query: { change, ...page } }) => bases.listJournal(params.base, change, page))
  route(app, 'labels.labelled', ({ query }) => bases.labelled(query.file))
  route(app, 'labels.agreement', ({ params }) => bases.agreement(params.base))
}
