import type * as z from 'zod'
import { own } from './json.ts'
import { WorkflowFile } from './workflow.ts'

type Step = string | number
type Tree = Record<string, unknown>

/**
 * The workflow without the fields of nodes that do not fit the schema, so that the rest can be checked all the same; undefined
 * where something wrong is not such a field.
 */
export function soundPart(value: unknown, issues: readonly z.core.$ZodIssue[]): WorkflowFile | undefined {
  const copy = JSON.parse(JSON.stringify(value)) as Tree
  for (const issue of issues) {
    const path = issue.path.filter((step) => typeof step !== 'symbol')
    const wrong = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path]
    for (const field of wrong) if (!removeField(copy, field)) return undefined
  }
  return WorkflowFile.safeParse(copy).data
}

/** Removes the field of a node, or of its `with` and `inputs` the entry, that a path leads into. */
function removeField(workflow: Tree, [section, id, field, entry]: Step[]): boolean {
  if (section !== 'nodes' || id === undefined || field === undefined || field === 'module') return false
  const steps = (field === 'with' || field === 'inputs') && entry !== undefined ? [section, id, field] : [section, id]
  let at = workflow
  // Two problems may lie in what one removal takes away.
  for (const step of steps) at = (own(at, String(step)) ?? {}) as Tree
  delete at[steps.length === 3 && entry !== undefined ? entry : field]
  return true
}
