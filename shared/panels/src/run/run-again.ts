import type { ParameterValue } from '@secxops/protocol/module'
import type { PortContent, Run } from '@secxops/protocol/run'
import type { Host } from '../host.ts'

/** What a secret looks like in a record; its true value is not known here and must come from the defaults. */
export const MASKED = '••••'

/** Starts the same workflow (as its file is now) or the same module with the values and inputs of a run, and opens the new run. */
export async function runAgain(host: Host, run: Run): Promise<void> {
  const inputs = refs(run.inputs)
  const isWorkflow = /\.workflow\.ya?ml$/.test(run.path)
  const attempt = run.nodes[0]?.attempts.at(-1)
  const next = isWorkflow
    ? await host.client.call('runs.start', {
        body: {
          path: run.path,
          parameters: known(run.parameters),
          inputs,
          idempotencyKey: crypto.randomUUID(),
        },
      })
    : await host.client.call('runs.try', {
        body: { path: run.path, values: known(attempt?.parameters ?? {}), inputs: refs(attempt?.inputs ?? {}) },
      })
  host.openView({ view: 'run', runId: next.id })
}

const known = (values: Record<string, ParameterValue>): Record<string, ParameterValue> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== MASKED))

const refs = (ports: Record<string, PortContent>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(ports).map(([port, { artifact, path }]) => [
      port,
      artifact ? `${artifact.name}@${artifact.version}` : path,
    ]),
  )
