import { basename, dirname } from 'node:path'
import type { TryModule } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/errors'
import { NodeId } from '@secxops/protocol/names'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import type * as z from 'zod'
import type { Runner } from '../runners/runner.ts'
import type { LibraryService, ModuleService } from '../services.ts'
import { newRun } from './new-run.ts'
import type { RunRecord, RunSpec } from './record.ts'
import { sourceOf } from './sources.ts'

/** A run of one module alone, perhaps of one that is not saved. */
export async function newTrial(
  input: z.output<typeof TryModule>,
  { modules, library, runner }: { modules: ModuleService; library: LibraryService; runner: Runner },
  signal: AbortSignal,
): Promise<RunRecord> {
  const file = /(^|\/)module\.ya?ml$/.test(input.path)
  const path = file ? dirname(input.path) : input.path
  const isFile = /\.(ya?ml|ipynb|py|sh)$/.test(path)
  const unsaved = input.module
  const ref = `./${basename(path)}`
  const module = unsaved ?? (await modules.resolve(ref, dirname(path))).module
  const inputs: RunSpec['inputs'] = {}
  for (const [port, from] of Object.entries(input.inputs ?? {})) {
    const type = module.inputs?.[port]?.type
    if (!type)
      throw new SecxopsError({
        code: 'unknown-port',
        message: `The module has no input ${port}.`,
        where: { field: `inputs.${port}` },
      })
    inputs[port] = await sourceOf(library, from, type, `inputs.${port}`, signal)
  }
  const node = NodeId.safeParse(module.name).success ? module.name : 'module'
  const workflow: WorkflowFile = {
    apiVersion: 'secxops/v1',
    kind: 'Workflow',
    inputs: Object.fromEntries(
      Object.keys(inputs).map((port) => [port, { type: module.inputs?.[port]?.type ?? 'file' }]),
    ),
    nodes: {
      [node]: {
        module: ref,
        with: input.values ?? {},
        inputs: Object.fromEntries(Object.keys(inputs).map((port) => [port, { input: port }])),
      },
    },
  }
  const spec: RunSpec = {
    text: `${JSON.stringify(workflow, undefined, 2)}\n`,
    workflow,
    base: unsaved && !isFile ? path : dirname(path),
    parameters: {},
    set: {},
    inputs,
    sources: {},
    trial: true,
    unsaved,
    forgiven: {},
    forced: {},
  }
  return newRun(module.name, input.path, runner.target, spec)
}
