import { own } from './json.ts'
import { parameterOf } from './node-value.ts'
import { SecxopsError } from './secxops-error.ts'
import type { InputSource, NodeValue, WorkflowEdit, WorkflowFile, WorkflowLayout, WorkflowNode } from './workflow.ts'

/** A workflow while edits are done to it. `ids`: new id of each node of the original; undefined once removed. */
export interface EditState {
  workflow: WorkflowFile
  layout: WorkflowLayout
  ids: Map<string, string | undefined>
}

export function startEdits(workflow: WorkflowFile, layout: WorkflowLayout): EditState {
  return {
    workflow: structuredCloneJson(workflow),
    layout: structuredCloneJson(layout),
    ids: new Map(Object.keys(workflow.nodes).map((id) => [id, id])),
  }
}

const structuredCloneJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

function fail(code: 'unknown-node' | 'conflict' | 'bad-name', message: string, nodeId: string): never {
  throw new SecxopsError({ code, message, where: { nodeId } })
}

function nodeOf({ workflow }: EditState, id: string): WorkflowNode {
  return own(workflow.nodes, id) ?? fail('unknown-node', `There is no node ${id}.`, id)
}

/** A map with one entry set or removed; undefined when nothing is left. */
function entrySet<T>(
  map: Record<string, T> | undefined,
  key: string,
  value: T | undefined,
): Record<string, T> | undefined {
  const { [key]: _, ...rest } = map ?? {}
  if (value === undefined) return Object.keys(rest).length > 0 ? rest : undefined
  return { ...map, [key]: value }
}

/** Does one edit in place. Throws when it names what is not there, or an id that is taken. */
export function applyEdit(state: EditState, edit: WorkflowEdit): void {
  const { workflow, layout } = state
  switch (edit.type) {
    case 'add-node':
      free(workflow, edit.id)
      workflow.nodes[edit.id] = structuredCloneJson(edit.node)
      if (edit.at) layout.nodes[edit.id] = { x: edit.at.x, y: edit.at.y }
      break
    case 'remove-nodes':
      removeNodes(state, new Set(edit.ids))
      break
    case 'rename-node':
      renameNode(state, edit.id, edit.to)
      break
    case 'set-module':
      nodeOf(state, edit.id).module = edit.module
      break
    case 'set-value':
      setValue(nodeOf(state, edit.id), edit.name, edit.value)
      break
    case 'connect':
      setSource(nodeOf(state, edit.id), edit.port, edit.source)
      break
    case 'disconnect':
      setSource(nodeOf(state, edit.id), edit.port, undefined)
      break
    case 'set-after':
      setAfter(nodeOf(state, edit.id), [...new Set(edit.after)])
      break
    case 'set-node-field': {
      const node = nodeOf(state, edit.id)
      const { [edit.field]: _, ...rest } = node
      workflow.nodes[edit.id] = (
        edit.value === undefined ? rest : { ...node, [edit.field]: edit.value }
      ) as WorkflowNode
      break
    }
    case 'set-parameter':
      workflow.parameters = entrySet(workflow.parameters, edit.name, edit.parameter)
      if (edit.parameter === undefined) dropParameter(workflow, edit.name)
      break
    case 'set-input':
      workflow.inputs = entrySet(workflow.inputs, edit.name, edit.input)
      if (edit.input === undefined)
        dropSources(workflow, (source) => typeof source === 'object' && 'input' in source && source.input === edit.name)
      break
    case 'set-output':
      workflow.outputs = entrySet(workflow.outputs, edit.name, edit.output)
      break
    case 'move-nodes':
      for (const [id, { x, y }] of Object.entries(edit.positions)) layout.nodes[id] = { x, y }
  }
}

function free(workflow: WorkflowFile, id: string): void {
  if (own(workflow.nodes, id)) fail('conflict', `There is already a node ${id}. Choose another name.`, id)
}

function setValue(node: WorkflowNode, name: string, value: NodeValue | undefined): void {
  node.with = entrySet(node.with, name, value)
}

function setSource(node: WorkflowNode, port: string, source: InputSource | undefined): void {
  node.inputs = entrySet(node.inputs, port, source)
}

function setAfter(node: WorkflowNode, after: string[]): void {
  if (after.length > 0) node.after = after
  else delete node.after
}

function dropSources(workflow: WorkflowFile, gone: (source: InputSource) => boolean): void {
  for (const node of Object.values(workflow.nodes))
    for (const [port, source] of Object.entries(node.inputs ?? {})) if (gone(source)) setSource(node, port, undefined)
}

function dropParameter(workflow: WorkflowFile, name: string): void {
  for (const node of Object.values(workflow.nodes))
    for (const [key, value] of Object.entries(node.with ?? {}))
      if (parameterOf(value) === name) setValue(node, key, undefined)
}

const nodeOfRef = (ref: string): string => ref.slice(0, Math.max(0, ref.indexOf('.')))

function removeNodes(state: EditState, gone: Set<string>): void {
  const { workflow, layout, ids } = state
  for (const id of gone) {
    nodeOf(state, id)
    delete workflow.nodes[id]
    delete layout.nodes[id]
  }
  for (const [original, id] of ids) if (id !== undefined && gone.has(id)) ids.set(original, undefined)
  dropSources(workflow, (source) => typeof source === 'string' && gone.has(nodeOfRef(source)))
  for (const node of Object.values(workflow.nodes))
    if (node.after?.some((id) => gone.has(id)))
      setAfter(
        node,
        node.after.filter((id) => !gone.has(id)),
      )
  for (const [name, output] of Object.entries(workflow.outputs ?? {}))
    if (gone.has(nodeOfRef(output.from))) workflow.outputs = entrySet(workflow.outputs, name, undefined)
}

function renameNode(state: EditState, id: string, to: string): void {
  const { workflow, layout, ids } = state
  nodeOf(state, id)
  if (id === to) return
  free(workflow, to)
  const renamed = <T>(record: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key === id ? to : key, value]))
  const ref = (text: string): string => (nodeOfRef(text) === id ? to + text.slice(id.length) : text)
  workflow.nodes = renamed(workflow.nodes)
  layout.nodes = renamed(layout.nodes)
  for (const [original, now] of ids) if (now === id) ids.set(original, to)
  for (const node of Object.values(workflow.nodes)) {
    for (const [port, source] of Object.entries(node.inputs ?? {}))
      if (typeof source === 'string' && nodeOfRef(source) === id) setSource(node, port, ref(source))
    if (node.after) node.after = node.after.map((other) => (other === id ? to : other))
  }
  for (const output of Object.values(workflow.outputs ?? {})) output.from = ref(output.from)
}
