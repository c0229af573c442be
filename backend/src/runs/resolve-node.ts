import type { ResolvedModule } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/errors'
import type { Values } from '@secxops/protocol/inspect'
import type { ModuleFile, ParameterValue } from '@secxops/protocol/module'
import { parameterOf } from '@secxops/protocol/node-value'
import type { PortContent } from '@secxops/protocol/run'
import { checkValue, withDefaults } from '@secxops/protocol/value'
import type { WorkflowNode } from '@secxops/protocol/workflow'
import { hashedSecret, type Ingredients } from '../engine/ingredients.ts'
import { outputOf, type RunRecord } from './record.ts'

/** What a node runs with, once its predecessors have results. */
export interface ResolvedNode {
  resolved: ResolvedModule
  notebook: boolean
  /** Checked values; unset ones are absent. */
  values: Values
  inputs: Record<string, PortContent>
  ingredients: Ingredients
}

/** Values of a node's parameters. Throws missing-parameter or bad-parameter. */
export function valuesOf(run: RunRecord, id: string, node: WorkflowNode, module: ModuleFile): Values {
  const given: Record<string, ParameterValue | undefined> = {}
  for (const [name, value] of Object.entries(node.with ?? {})) {
    const parameter = parameterOf(value)
    given[name] = parameter === undefined ? (value as ParameterValue) : run.spec.parameters[parameter]
  }
  const values = withDefaults(module.parameters, { ...given, ...run.spec.set[id] })
  for (const [name, parameter] of Object.entries(module.parameters ?? {})) {
    const wrong = checkValue(parameter, values[name])
    if (wrong === undefined) continue
    throw new SecxopsError({
      code: values[name] === undefined ? 'missing-parameter' : 'bad-parameter',
      message: `Parameter ${name} of ${id}: ${parameter.type === 'secret' ? 'a text is needed.' : wrong}`,
      where: { runId: run.id, nodeId: id, field: `nodes.${id}.with.${name}` },
      next: [{ kind: 'edit-parameter', label: `Set ${name}`, name, place: { runId: run.id, nodeId: id } }],
    })
  }
  return values
}

/** Contents of a node's inputs. Throws missing-input. */
export function inputsOf(
  run: RunRecord,
  id: string,
  node: WorkflowNode,
  module: ModuleFile,
): Record<string, PortContent> {
  const inputs: Record<string, PortContent> = {}
  for (const [port, { type, required }] of Object.entries(module.inputs ?? {})) {
    const source = node.inputs?.[port]
    const content =
      source === undefined
        ? undefined
        : typeof source === 'string'
          ? outputOf(run, source)
          : 'input' in source
            ? run.spec.inputs[source.input]?.content
            : run.spec.sources[`${id}.${port}`]?.content
    if (content) inputs[port] = { ...content, type }
    else if (required !== false)
      throw new SecxopsError({
        code: 'missing-input',
        message:
          typeof source === 'string'
            ? `Input ${port} of ${id} has no data: ${source} was not written.`
            : `Input ${port} of ${id} has no source. Connect it, or make it optional with required: false.`,
        where: { runId: run.id, nodeId: id, field: `nodes.${id}.inputs.${port}` },
      })
  }
  return inputs
}

/** What decides whether it must run again. */
export function ingredientsOf(
  module: ModuleFile,
  values: Values,
  inputs: Record<string, PortContent>,
  digests: { module: string; environment: string },
): Ingredients {
  const parameters: Record<string, string> = {}
  for (const [name, value] of Object.entries(values)) {
    const text = JSON.stringify(value)
    parameters[name] = module.parameters?.[name]?.type === 'secret' ? hashedSecret(text) : text
  }
  return {
    ...digests,
    parameters,
    inputs: Object.fromEntries(Object.entries(inputs).map(([port, { digest }]) => [port, digest])),
  }
}
