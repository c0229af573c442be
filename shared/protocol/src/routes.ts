/**
 * Method and path of every route, without schemas, so that panels can call them without carrying a validator.
 * `api.ts` holds the schemas under the same names. `:x` is a path parameter, `*` none.
 */
export const ROUTES = {
  'health.get': ['GET', '/api/health'],
  'daemon.stop': ['POST', '/api/daemon/stop'],
  'doctor.get': ['GET', '/api/doctor'],
  'home.clean': ['POST', '/api/home/clean'],
  'settings.get': ['GET', '/api/settings'],
  'settings.update': ['PATCH', '/api/settings'],
  'settings.keys': ['GET', '/api/settings/keys'],
  'settings.setKey': ['PATCH', '/api/settings/keys'],
  'examples.copy': ['POST', '/api/examples'],

  'modules.list': ['GET', '/api/modules'],
  'modules.get': ['GET', '/api/modules/:name'],
  'modules.resolve': ['POST', '/api/modules/resolve'],
  'modules.inspect': ['POST', '/api/modules/inspect'],
  'modules.write': ['POST', '/api/modules/write'],
  'modules.argv': ['POST', '/api/modules/argv'],
  'modules.save': ['POST', '/api/modules/save'],
  'modules.publishCheck': ['POST', '/api/modules/publish-check'],
  'modules.writeDockerfile': ['POST', '/api/modules/write-dockerfile'],
  'modules.addRequirement': ['POST', '/api/modules/add-requirement'],

  'workflows.check': ['POST', '/api/workflows/check'],
  'workflows.layout.get': ['GET', '/api/workflows/layout'],

  'runs.list': ['GET', '/api/runs'],
  'runs.start': ['POST', '/api/runs'],
  'runs.try': ['POST', '/api/runs/try'],
  'runs.get': ['GET', '/api/runs/:id'],
  'runs.continue': ['POST', '/api/runs/:id/continue'],
  'runs.cancel': ['POST', '/api/runs/:id/cancel'],
  'runs.plan': ['POST', '/api/runs/:id/plan'],
  'runs.log': ['GET', '/api/runs/:id/nodes/:node/attempts/:attempt/log'],
  'runs.metrics': ['GET', '/api/runs/:id/nodes/:node/attempts/:attempt/metrics'],
  'runs.preview': ['GET', '/api/runs/:id/nodes/:node/attempts/:attempt/outputs/:port/preview'],
  'runs.saveOutput': ['POST', '/api/runs/:id/nodes/:node/attempts/:attempt/outputs/:port/save'],

  'library.list': ['GET', '/api/library/:kind'],
  'library.add': ['POST', '/api/library/:kind'],
  'library.get': ['GET', '/api/library/:kind/:name/:version'],
  'library.preview': ['GET', '/api/library/:kind/:name/:version/preview'],
  'library.export': ['POST', '/api/library/:kind/:name/:version/export'],
  'library.remove': ['POST', '/api/library/:kind/:name/:version/remove'],
  'library.restore': ['POST', '/api/library/:kind/:name/:version/restore'],

  'labels.bases.list': ['GET', '/api/labels/bases'],
  'labels.bases.create': ['POST', '/api/labels/bases'],
  'labels.bases.get': ['GET', '/api/labels/bases/:base'],
  'labels.bases.remove': ['POST', '/api/labels/bases/:base/remove'],
  'labels.bases.restore': ['POST', '/api/labels/bases/:base/restore'],
  'labels.bases.learn': ['POST', '/api/labels/bases/:base/learn'],
  'labels.taxonomy.get': ['GET', '/api/labels/bases/:base/taxonomy'],
  'labels.taxonomy.import': ['POST', '/api/labels/bases/:base/taxonomy/import'],
  'labels.taxonomy.edit': ['POST', '/api/labels/bases/:base/taxonomy/edit'],
  'labels.taxonomy.export': ['GET', '/api/labels/bases/:base/taxonomy/export'],
  'labels.references.list': ['GET', '/api/labels/bases/:base/references'],
  'labels.references.import': ['POST', '/api/labels/bases/:base/references/import'],
  'labels.references.remove': ['POST', '/api/labels/bases/:base/references/remove'],
  'labels.coverage': ['GET', '/api/labels/bases/:base/coverage'],
  'labels.suggest': ['POST', '/api/labels/bases/:base/suggest'],
  'labels.accept': ['POST', '/api/labels/bases/:base/accept'],
  'labels.undo': ['POST', '/api/labels/bases/:base/undo'],
  'labels.changes': ['GET', '/api/labels/bases/:base/changes'],
  'labels.journal': ['GET', '/api/labels/bases/:base/journal'],
  'labels.labelled': ['GET', '/api/labels/labelled'],
  'labels.agreement': ['GET', '/api/labels/bases/:base/agreement'],
  'labels.label': ['POST', '/api/labels/bases/:base/label'],
  'labels.generate': ['POST', '/api/labels/bases/:base/generate'],
  'labels.jobs.list': ['GET', '/api/labels/jobs'],
  'labels.jobs.get': ['GET', '/api/labels/jobs/:id'],
  'labels.jobs.cancel': ['POST', '/api/labels/jobs/:id/cancel'],
  'labels.jobs.resume': ['POST', '/api/labels/jobs/:id/resume'],
  'labels.review': ['GET', '/api/labels/jobs/:id/review'],
  'labels.decide': ['POST', '/api/labels/jobs/:id/decide'],
  'labels.save': ['POST', '/api/labels/jobs/:id/save'],

  'experiments.list': ['GET', '/api/experiments'],
  'experiments.check': ['POST', '/api/experiments/check'],
  'experiments.draft': ['POST', '/api/experiments/draft'],
  'experiments.start': ['POST', '/api/experiments'],
  'experiments.open': ['POST', '/api/experiments/open'],
  'experiments.fromCode': ['POST', '/api/experiments/from-code'],
  'experiments.get': ['GET', '/api/experiments/:id'],
  'experiments.trials': ['GET', '/api/experiments/:id/trials'],
  'experiments.metrics': ['GET', '/api/experiments/:id/metrics'],
  'experiments.reports': ['GET', '/api/experiments/:id/reports'],
  'experiments.log': ['GET', '/api/experiments/:id/trials/:trial/log'],
  'experiments.stop': ['POST', '/api/experiments/:id/stop'],
  'experiments.resume': ['POST', '/api/experiments/:id/resume'],
  'experiments.edit': ['POST', '/api/experiments/:id/edit'],
  'experiments.remove': ['POST', '/api/experiments/:id/remove'],
  'experiments.addTrial': ['POST', '/api/experiments/:id/trials'],
  'experiments.stopTrial': ['POST', '/api/experiments/:id/trials/:trial/stop'],
  'experiments.apply': ['POST', '/api/experiments/:id/trials/:trial/apply'],
  'experiments.saveModel': ['POST', '/api/experiments/:id/save-model'],

  'targets.list': ['GET', '/api/targets'],
  'targets.configure': ['POST', '/api/targets/:name'],
  'targets.check': ['GET', '/api/targets/:name/check'],
} as const satisfies Record<string, readonly ['GET' | 'POST' | 'PATCH', string]>

export type RouteName = keyof typeof ROUTES

/** Path of the one event stream; not in {@link ROUTES} because it never ends. */
export const EVENTS_PATH = '/api/events'

/** Header that every state-changing request must carry (design §9). */
export const GUARD_HEADER = 'x-secxops'

/** A route's path with its parameters filled in and encoded; rejects empty and dot segments. */
export function fillPath(template: string, params: Record<string, string | number> = {}): string {
  return template.replace(/:([A-Za-z]+)/g, (_, key: string) => {
    const value = String(params[key] ?? '')
    if (value === '' || value === '.' || value === '..')
      throw new Error(`path parameter ${key} is ${JSON.stringify(value)}`)
    return encodeURIComponent(value)
  })
}
