import type { DocumentRegistry } from '@jupyterlab/docregistry'
import type { Host } from '@secxops/panels/host'
import { errorBody } from '@secxops/panels/ui/error-body'
import type { Session } from '../connection/session.ts'

/** Saves a workflow, starts a run of it and opens the run. */
export async function runWorkflow(context: DocumentRegistry.Context, host: Host, session: Session): Promise<void> {
  if (context.model.dirty) await context.save()
  try {
    const run = await session.client.call('runs.start', {
      body: { path: session.paths.absolute(context.path), idempotencyKey: crypto.randomUUID() },
    })
    host.openView({ view: 'run', runId: run.id })
  } catch (error) {
    const { message, next } = errorBody(error)
    host.notify('error', message, next)
  }
}
