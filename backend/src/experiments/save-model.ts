import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { KeptArtifact } from '@secxops/protocol/library'
import type { Home } from '../home.ts'
import type { LibraryService, Store } from '../services.ts'
import type { Experiments } from './experiments.ts'

interface SaveModelNeeds {
  home: Pick<Home, 'staging'>
  store: Store
  library: LibraryService
  experiments: Experiments
}

/** Keeps what an experiment found as the next version of a model. Rejects with conflict where its engine makes no models. */
export async function saveModel(
  { home, store, library, experiments }: SaveModelNeeds,
  id: string,
  { name, trial, model }: { name: string; trial?: number; model?: string },
): Promise<KeptArtifact> {
  const { spec } = experiments.stored(id)
  const engine = experiments.engineOf(spec)
  if (!engine.exportModel)
    throw new SecxopsError({
      code: 'conflict',
      message:
        'A search over parameters keeps no models. Apply its best parameters to a workflow and run that: its model becomes a version.',
    })
  if (model !== undefined && spec.kind !== 'automl')
    throw new SecxopsError({
      code: 'bad-request',
      message: `Only AutoML has models with names of their own. ${spec.name} is a search over architectures: name one of its trials.`,
      where: { field: 'model' },
    })
  // What a killed backend leaves in staging is emptied when it starts.
  const folder = await mkdtemp(join(home.staging, 'model-'))
  try {
    const { description } = await engine.exportModel(experiments.journal(id), folder, { trial, model })
    const content = await library.intern(folder, 'model', { share: true })
    const lineage = { source: 'saved' as const, from: spec.path, inputs: [] }
    return await store.write((db) => library.registerIn(db, 'model', name, content, lineage, description))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
