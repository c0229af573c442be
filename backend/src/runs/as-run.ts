import { isAbsolute } from 'node:path'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import type { RunRecord } from './record.ts'

/**
 * The workflow of a run with the values it was given where a file would hold them, so that a file into which they were written
 * since is known as the same. Secrets that were given are left out.
 */
export function workflowAsRun({ spec, nodes }: RunRecord): WorkflowFile {
  const workflow = structuredClone(spec.workflow)
  for (const name of spec.given?.parameters ?? []) {
    const parameter = workflow.parameters?.[name]
    const value = spec.parameters[name]
    if (parameter && parameter.type !== 'secret' && value !== undefined) parameter.default = value
  }
  for (const name of spec.given?.inputs ?? []) {
    const input = workflow.inputs?.[name]
    const from = spec.inputs[name]?.from
    // A workflow file names no path outside of its folder.
    if (input && from !== undefined && !isAbsolute(from)) input.default = from
  }
  for (const [id, values] of Object.entries(spec.set)) {
    const node = workflow.nodes[id]
    const module = nodes.get(id)?.attempts.at(-1)?.module
    // Only the module says which values are secrets.
    for (const [name, value] of Object.entries(values))
      if (node && module && module.parameters?.[name]?.type !== 'secret') node.with = { ...node.with, [name]: value }
  }
  return workflow
}
