import { connectionProblem, cycleWords, findCycle, sourceWords } from '@secxops/protocol/graph'
import type { ModuleFile } from '@secxops/protocol/module'
import type { InputSource, WorkflowEdit, WorkflowFile } from '@secxops/protocol/workflow'
import type { Point } from './auto-layout.ts'
import type { Canvas } from './canvas.ts'
import { edgeId } from './graph-model.ts'
import { freeId, isNodeId, nodeIdOf } from './names.ts'
import { freePlace } from './placement.ts'

/** Modules by node id as the rules of connections want them. */
export function moduleFiles(canvas: Pick<Canvas, 'check'>): Record<string, ModuleFile> {
  return Object.fromEntries(Object.entries(canvas.check.modules).map(([id, { module }]) => [id, module]))
}

export interface Judgement {
  /** Why it cannot be, in words. */
  refused?: string
  /** The source that would be replaced. */
  replaces?: string
}

/** Whether a source may go into a port: refused with the reason, or allowed, perhaps in place of another. */
export function judge(
  canvas: Pick<Canvas, 'check' | 'state'>,
  source: InputSource,
  to: { node: string; port: string },
): Judgement {
  const { workflow } = canvas.state
  const problem = connectionProblem(workflow, moduleFiles(canvas), { source }, { toNode: to.node, port: to.port })
  if (!problem) return {}
  if (problem.code !== 'duplicate-source') return { refused: problem.message }
  const old = workflow.nodes[to.node]?.inputs?.[to.port]
  return { replaces: old === undefined ? '' : sourceWords(old) }
}

/** Why `to` cannot be made to run after `from`, in words. */
export function orderProblem(
  workflow: WorkflowFile,
  links: { from: string; to: string }[],
  from: string,
  to: string,
  t: Canvas['t'],
): string | undefined {
  const cycle = from === to ? [from, from] : findCycle(Object.keys(workflow.nodes), [{ from, to }, ...links])
  return cycle ? t('orderSelf', { cycle: cycleWords(cycle) }) : undefined
}

/** Gives an input port its source; what was there before is replaced in the same undo step. Refusals are told. */
export function connect(canvas: Canvas, source: InputSource, to: { node: string; port: string }): boolean {
  const verdict = judge(canvas, source, to)
  if (verdict.refused) {
    canvas.host.notify('warning', verdict.refused)
    canvas.announce(verdict.refused)
    return false
  }
  const from = sourceWords(source)
  const target = `${to.node}.${to.port}`
  const label = verdict.replaces
    ? canvas.t('didReplace', { old: verdict.replaces, from })
    : canvas.t('didConnect', { from, to: target })
  canvas.edit([{ type: 'connect', id: to.node, port: to.port, source }], label)
  canvas.announce(label)
  return true
}

export function connectOrder(canvas: Canvas, from: string, to: string): boolean {
  const refused = orderProblem(canvas.state.workflow, canvas.graph.links, from, to, canvas.t)
  if (refused) {
    canvas.host.notify('warning', refused)
    canvas.announce(refused)
    return false
  }
  const after = canvas.state.workflow.nodes[to]?.after ?? []
  if (after.includes(from)) return true
  canvas.edit([{ type: 'set-after', id: to, after: [...after, from] }], canvas.t('didConnect', { from, to }))
  return true
}

/** Deletes the selected nodes and edges as one undo step. */
export function removeSelection(canvas: Canvas): void {
  const { nodes, edges } = canvas.selection
  const gone = new Set(nodes)
  const removed = canvas.graph.links.filter(
    (link) => edges.includes(edgeId(link)) && !gone.has(link.to) && !gone.has(link.from),
  )
  const edits: WorkflowEdit[] = []
  const names: string[] = [...nodes]
  const after = new Map<string, string[]>()
  for (const link of removed) {
    if (link.port !== undefined) edits.push({ type: 'disconnect', id: link.to, port: link.port })
    else {
      const left = after.get(link.to) ?? canvas.state.workflow.nodes[link.to]?.after ?? []
      after.set(
        link.to,
        left.filter((id) => id !== link.from),
      )
    }
    names.push(`${link.from} → ${link.to}`)
  }
  for (const [id, list] of after) edits.push({ type: 'set-after', id, after: list })
  if (nodes.length > 0) edits.push({ type: 'remove-nodes', ids: nodes })
  const label = canvas.t('didRemove', {
    ids: names.length > 3 ? canvas.t('manyNodes', { n: nodes.length }) : names.join(', '),
  })
  canvas.select([])
  canvas.edit(edits, label)
  canvas.announce(label)
}

export async function renameNode(canvas: Canvas, id: string): Promise<void> {
  const ids = Object.keys(canvas.state.workflow.nodes)
  const to = await canvas.host.promptText({
    title: canvas.t('renameTitle'),
    label: canvas.t('newName'),
    value: id,
    check: (value) => {
      if (!isNodeId(value)) return canvas.t('badNodeId')
      return value !== id && ids.includes(value) ? canvas.t('nameTaken', { name: value }) : undefined
    },
  })
  if (to === null || to === id) return
  canvas.edit([{ type: 'rename-node', id, to }], canvas.t('didRename', { from: id, to }))
  canvas.select([to])
}

/**
 * Adds a node for a module and selects it. `at`: exactly there, without moving the view; else in the middle of what is seen, where there is
 * room. `start`/`end`: the dragged port it is connected to, as far as it fits.
 */
export function addModule(
  canvas: Canvas,
  ref: string,
  options: {
    at?: Point | undefined
    module?: ModuleFile | undefined
    start?: { node: string; output: string } | undefined
    end?: { node: string; port: string } | undefined
  } = {},
): string {
  const id = freeId(nodeIdOf(ref, options.module?.name), Object.keys(canvas.state.workflow.nodes))
  const at = options.at
    ? { x: Math.round(options.at.x), y: Math.round(options.at.y) }
    : freePlace(
        canvas.flow?.middle() ?? { x: 0, y: 0 },
        canvas.graph.nodes.map(({ position }) => position),
      )
  const edits: WorkflowEdit[] = [{ type: 'add-node', id, node: { module: ref }, at }]
  const { start, end, module } = options
  if (start && module) {
    const type = canvas.check.modules[start.node]?.module.outputs?.[start.output]?.type
    const port = fittingInput(module, type)
    if (port) edits.push({ type: 'connect', id, port, source: `${start.node}.${start.output}` })
  }
  if (end && module) {
    const type = canvas.check.modules[end.node]?.module.inputs?.[end.port]?.type
    const output = fittingOutput(module, type)
    if (output) edits.push({ type: 'connect', id: end.node, port: end.port, source: `${id}.${output}` })
  }
  canvas.edit(edits, canvas.t('didAdd', { id }))
  canvas.announce(canvas.t('didAdd', { id }))
  canvas.select([id], [], options.at !== undefined)
  if (options.at) canvas.flow?.focus(id)
  return id
}

/** First input that takes content of a type; a required one before an optional one. */
export function fittingInput(module: ModuleFile, type: string | undefined): string | undefined {
  const fitting = Object.entries(module.inputs ?? {}).filter(([, port]) => fitsType(type, port.type))
  return (fitting.find(([, port]) => port.required !== false) ?? fitting[0])?.[0]
}

export function fittingOutput(module: ModuleFile, type: string | undefined): string | undefined {
  return Object.entries(module.outputs ?? {}).find(([, port]) => fitsType(port.type, type))?.[0]
}

/** As `fits` of the protocol; an unknown type is not held against the connection. */
export function fitsType(source: string | undefined, target: string | undefined): boolean {
  if (!source || !target || source === 'unknown' || target === 'unknown') return true
  return source === target || target === 'file' || (target === 'dataset' && source === 'file')
}
