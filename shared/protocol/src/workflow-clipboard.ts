import * as z from 'zod'
import { splitOutput } from './graph.ts'
import { type Json, own } from './json.ts'
import type { ModuleFile } from './module.ts'
import { parameterOf } from './node-value.ts'
import { SecxopsError } from './secxops-error.ts'
import { type InputSource, type WorkflowEdit, WorkflowFile, WorkflowLayout, type WorkflowNode } from './workflow.ts'
import { workflowStyle } from './workflow-document.ts'
import { readYaml } from './yaml-read.ts'
import { blockText } from './yaml-write.ts'

/** What the clipboard holds, as YAML: nodes as in a workflow file, and where they stood. */
const Clip = z.object({
  nodes: WorkflowFile.shape.nodes,
  positions: WorkflowLayout.shape.nodes.optional(),
})

type Inputs = Record<string, InputSource>

/** YAML of some nodes, for the clipboard. Connections among them stay, those to other nodes do not; values that `modules` (by node id) call secret never travel. */
export function copyNodes(
  workflow: WorkflowFile,
  ids: string[],
  modules?: Record<string, ModuleFile>,
  layout?: WorkflowLayout,
): string {
  const chosen = new Set(ids)
  const nodes: Record<string, WorkflowNode> = {}
  const positions: WorkflowLayout['nodes'] = {}
  for (const id of ids) {
    const node = own(workflow.nodes, id)
    if (!node) continue
    const parameters = own(modules, id)?.parameters
    const open = Object.entries(node.with ?? {}).filter(
      ([name, value]) => own(parameters, name)?.type !== 'secret' || parameterOf(value) !== undefined,
    )
    const inputs = Object.entries(node.inputs ?? {}).filter(
      ([, source]) => typeof source !== 'string' || chosen.has(splitOutput(source).node),
    )
    nodes[id] = tidy({
      ...node,
      with: Object.fromEntries(open),
      inputs: Object.fromEntries(inputs),
      after: node.after?.filter((other) => chosen.has(other)),
    })
    const at = own(layout?.nodes, id)
    if (at) positions[id] = at
  }
  const clip = Object.keys(positions).length > 0 ? { nodes, positions } : { nodes }
  return `${blockText(JSON.parse(JSON.stringify(clip)) as Json, '', [], workflowStyle)}\n`
}

/** Without empty maps and lists. */
function tidy(node: WorkflowNode): WorkflowNode {
  return Object.fromEntries(
    Object.entries(node).filter(([, value]) => typeof value !== 'object' || Object.keys(value).length > 0),
  ) as WorkflowNode
}

/**
 * Edits that add the nodes of a clipboard text to a workflow, under new ids where theirs are taken. References to workflow
 * parameters and inputs that this workflow does not have are left out. `at`: where the top left of them goes.
 * Throws `bad-yaml` when the text holds no nodes.
 */
export function pasteNodes(
  workflow: WorkflowFile,
  yamlText: string,
  at?: { x: number; y: number },
): { edits: WorkflowEdit[]; ids: string[] } {
  const { tree } = readYaml(yamlText)
  const clip = Clip.safeParse(tree?.value)
  if (!clip.success)
    throw new SecxopsError({
      code: 'bad-yaml',
      message: 'The clipboard holds no nodes. Copy nodes on a canvas, or the "nodes:" of a workflow file.',
    })
  const { nodes, positions = {} } = clip.data
  const names = new Map<string, string>()
  const taken = new Set(Object.keys(workflow.nodes))
  for (const id of Object.keys(nodes)) {
    const name = freeId(id, taken)
    taken.add(name)
    names.set(id, name)
  }
  const shift = shiftTo(Object.values(positions), at)
  const edits = Object.entries(nodes).map(([id, node]): WorkflowEdit => {
    const place = own(positions, id)
    return {
      type: 'add-node',
      id: names.get(id) ?? id,
      node: fitted(workflow, node, names),
      at: place ? { x: place.x + shift.x, y: place.y + shift.y } : at,
    }
  })
  return { edits, ids: [...names.values()] }
}

/** `id`, or `id-2`, `id-3` … where it is taken. */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id
  const stem = id.replace(/-\d+$/, '').slice(0, 57)
  let n = 2
  while (taken.has(`${stem}-${n}`)) n++
  return `${stem}-${n}`
}

function shiftTo(
  places: { x: number; y: number }[],
  at: { x: number; y: number } | undefined,
): { x: number; y: number } {
  if (!at || places.length === 0) return { x: 0, y: 0 }
  return { x: at.x - Math.min(...places.map(({ x }) => x)), y: at.y - Math.min(...places.map(({ y }) => y)) }
}

function fitted(workflow: WorkflowFile, node: WorkflowNode, names: Map<string, string>): WorkflowNode {
  const inputs: Inputs = {}
  for (const [port, source] of Object.entries(node.inputs ?? {})) {
    if (typeof source === 'string') {
      const from = splitOutput(source)
      const name = names.get(from.node)
      if (name) inputs[port] = `${name}.${from.port}`
    } else if (!('input' in source) || own(workflow.inputs, source.input)) inputs[port] = source
  }
  const values = Object.entries(node.with ?? {}).filter(([, value]) => {
    const name = parameterOf(value)
    return name === undefined || own(workflow.parameters, name)
  })
  return tidy({
    ...node,
    with: Object.fromEntries(values),
    inputs,
    after: node.after?.flatMap((id) => names.get(id) ?? []),
  })
}
