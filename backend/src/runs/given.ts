import type { ContinueRun, RunPlan } from '@secxops/protocol/api'
import type { ModuleFile, ParameterValue } from '@secxops/protocol/module'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import type * as z from 'zod'
import { maskValues } from './mask.ts'
import type { RunSpec } from './record.ts'

/** What a run was given by its user, over the defaults and values of the file. */
export type Given = NonNullable<RunPlan['given']>

/** What a run was given so far and by a Continue; of the former only what `workflow` still has. */
export function givenTo(
  spec: RunSpec,
  input: Pick<z.output<typeof ContinueRun>, 'parameters' | 'set'>,
  workflow: WorkflowFile,
): Given {
  const names = spec.given ?? guessGiven(spec)
  const set = Object.fromEntries(Object.entries(spec.set).filter(([id]) => Object.hasOwn(workflow.nodes, id)))
  for (const [id, values] of Object.entries(input.set ?? {})) set[id] = { ...set[id], ...values }
  return {
    parameters: { ...some(spec.parameters, names.parameters, workflow.parameters), ...input.parameters },
    set,
    inputs: some(
      Object.fromEntries(Object.entries(spec.inputs).map(([name, { from }]) => [name, from])),
      names.inputs,
      workflow.inputs,
    ),
  }
}

/** Runs from before the names were kept: what differs from the defaults must have been given. */
function guessGiven({ workflow, parameters, inputs }: RunSpec): { parameters: string[]; inputs: string[] } {
  const same = (a: ParameterValue | undefined, b: ParameterValue | undefined): boolean =>
    JSON.stringify(a) === JSON.stringify(b)
  return {
    parameters: Object.keys(parameters).filter((name) => !same(parameters[name], workflow.parameters?.[name]?.default)),
    inputs: Object.keys(inputs).filter((name) => inputs[name]?.from !== workflow.inputs?.[name]?.default),
  }
}

function some<T>(values: Record<string, T>, names: readonly string[], known: object = {}): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => names.includes(name) && Object.hasOwn(known, name)),
  )
}

/** To be shown: without secrets; undefined when nothing was given. */
export function shownGiven(
  { parameters, set, inputs }: Given,
  workflow: WorkflowFile,
  modules: Record<string, { module: ModuleFile }>,
): Given | undefined {
  if ([parameters, set, inputs].every((part) => Object.keys(part).length === 0)) return undefined
  return {
    parameters: maskValues(workflow.parameters, parameters),
    set: Object.fromEntries(
      Object.entries(set).map(([id, values]) => [id, maskValues(modules[id]?.module.parameters, values)]),
    ),
    inputs,
  }
}
