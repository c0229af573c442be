import type { Place, Problem } from './errors.ts'
import { type Json, sameJson } from './json.ts'
import { schemaProblems } from './schema-problems.ts'
import { SecxopsError } from './secxops-error.ts'
import { soundPart } from './sound-part.ts'
import { type WorkflowEdit, WorkflowFile, type WorkflowLayout } from './workflow.ts'
import { applyEdit, startEdits } from './workflow-edits.ts'
import { patchYaml } from './yaml-patch.ts'
import { placeOf, readYaml } from './yaml-read.ts'
import type { Path, YamlStyle } from './yaml-write.ts'

const ORDER = Object.keys(WorkflowFile.shape)
const NODE_ORDER = Object.keys(WorkflowFile.shape.nodes.valueType.shape)

/** Nodes are blocks; below `with` and `inputs`, and in all other sections, entries are lines. */
export const workflowStyle: YamlStyle = {
  flow: (path: Path) =>
    path[0] === 'nodes' ? path.length >= 4 || path[2] === 'resources' || path[2] === 'after' : path.length >= 2,
  order: (path: Path) => {
    if (path.length === 0) return ORDER
    return path[0] === 'nodes' && path.length === 2 ? NODE_ORDER : undefined
  },
}

/**
 * Reads a workflow file. `workflow` is there when the text is YAML of the right shape; what is wrong inside that shape
 * finds `checkWorkflow`; where only fields of nodes are wrong, in `sound`, which is the rest. Every problem has a line and column,
 * and `path` (absolute) when given.
 */
export function parseWorkflow(
  text: string,
  path?: string,
): { workflow?: WorkflowFile; sound?: WorkflowFile; problems: Problem[] } {
  const { tree, problems } = readYaml(text)
  const placed = (list: Problem[]): Problem[] => list.map((one) => ({ ...one, where: { ...one.where, path } }))
  if (!tree) return { problems: placed(problems) }
  const result = WorkflowFile.safeParse(tree.value)
  if (result.success) return { workflow: result.data, problems: [] }
  const { issues } = result.error
  return {
    sound: soundPart(tree.value, issues),
    problems: placed(schemaProblems(WorkflowFile, tree, issues, 'bad-workflow')),
  }
}

/** Line and column of a field like `nodes.train.inputs.data`, else of what is nearest above it; undefined when the text is not YAML. */
export function locate(text: string, field: string): Place | undefined {
  const { tree } = readYaml(text)
  return tree && placeOf(tree, field.split('.'))
}

/**
 * Does edits of the canvas to the text and layout of a workflow. Comments, key order, quoting and blank lines of what the
 * edits do not touch stay byte for byte. All or nothing: throws `SecxopsError` when the text is broken, or an edit names
 * what is not there or would make the file invalid.
 */
export function editWorkflow(
  text: string,
  layout: WorkflowLayout,
  edits: WorkflowEdit[],
): { text: string; layout: WorkflowLayout } {
  const empty: WorkflowFile = { apiVersion: 'secxops/v1', kind: 'Workflow', nodes: {} }
  const onlyMoves = edits.every(({ type }) => type === 'move-nodes')
  const workflow = onlyMoves ? empty : readable(text)
  const state = startEdits(workflow, layout)
  for (const edit of edits) applyEdit(state, edit)
  if (onlyMoves || sameJson(workflow, state.workflow)) return { text, layout: state.layout }
  const result = WorkflowFile.safeParse(state.workflow)
  if (!result.success) {
    const [issue] = result.error.issues
    throw new SecxopsError({
      code: 'bad-workflow',
      message: `This change would make the workflow invalid: ${issue?.path.join('.')}: ${issue?.code === 'invalid_key' ? issue.issues[0]?.message : issue?.message}.`,
    })
  }
  const keys = new Map([...state.ids].filter(([from, to]) => from !== to))
  const target = JSON.parse(JSON.stringify(result.data)) as Json
  return {
    text: patchYaml(text, target, { style: workflowStyle, renames: { path: ['nodes'], keys } }),
    layout: state.layout,
  }
}

function readable(text: string): WorkflowFile {
  const { workflow, problems } = parseWorkflow(text)
  if (workflow) return workflow
  const [problem] = problems
  throw new SecxopsError({
    code: 'bad-workflow',
    message: `The text of the workflow is broken: ${problem?.message ?? 'it is not a workflow'} Mend it as text first.`,
    where: problem?.where,
  })
}
