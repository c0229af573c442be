import type { Problem } from './errors.ts'
import { own, sameJson } from './json.ts'
import type { ModuleFile, PortType } from './module.ts'
import { suggestion } from './suggest.ts'
import type { InputSource, WorkflowFile } from './workflow.ts'

/** A connection of the canvas. With `output` and `port`: data; without: only order (`after`). */
export interface Edge {
  from: string
  output?: string
  to: string
  port?: string
}

/** Splits `node.port`. */
export function splitOutput(ref: string): { node: string; port: string } {
  const dot = ref.indexOf('.')
  return dot < 0 ? { node: ref, port: '' } : { node: ref.slice(0, dot), port: ref.slice(dot + 1) }
}

/** Every edge between nodes, data first, in the order of the file. Ends that name no node are included. */
export function edgesOf(workflow: WorkflowFile): Edge[] {
  const data: Edge[] = []
  const order: Edge[] = []
  for (const [to, node] of Object.entries(workflow.nodes)) {
    for (const [port, source] of Object.entries(node.inputs ?? {})) {
      if (typeof source !== 'string') continue
      const { node: from, port: output } = splitOutput(source)
      data.push({ from, output, to, port })
    }
    for (const from of node.after ?? []) order.push({ from, to })
  }
  return [...data, ...order]
}

type Link = Pick<Edge, 'from' | 'to'>

/** Neighbours by id; ends that are not in `ids` are left out. */
function neighbours(ids: Iterable<string>, edges: Iterable<Link>): Map<string, string[]> {
  const map = new Map<string, string[]>()
  for (const id of ids) map.set(id, [])
  for (const { from, to } of edges) if (map.has(to)) map.get(from)?.push(to)
  return map
}

/** Ids so that every edge points forward; ids on or behind a cycle are missing. Stable: keeps the given order where edges allow. */
export function topologicalOrder(ids: Iterable<string>, edges: Iterable<Link>): string[] {
  const next = neighbours(ids, edges)
  const waits = new Map<string, number>()
  for (const id of next.keys()) waits.set(id, 0)
  for (const list of next.values()) for (const to of list) waits.set(to, (waits.get(to) ?? 0) + 1)
  const order = [...next.keys()].filter((id) => waits.get(id) === 0)
  for (let i = 0; i < order.length; i++)
    for (const to of next.get(order[i] ?? '') ?? []) {
      const left = (waits.get(to) ?? 0) - 1
      waits.set(to, left)
      if (left === 0) order.push(to)
    }
  return order
}

/** One cycle with its first node repeated at the end (a, b, a), or undefined. Linear in nodes and edges. */
export function findCycle(ids: Iterable<string>, edges: Iterable<Link>): string[] | undefined {
  const next = neighbours(ids, edges)
  const done = new Set<string>()
  for (const root of next.keys()) {
    const path: { id: string; at: number }[] = []
    const onPath = new Set<string>()
    const enter = (id: string): void => {
      path.push({ id, at: 0 })
      onPath.add(id)
    }
    if (!done.has(root)) enter(root)
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = next.get(top.id)?.[top.at++]
      if (to === undefined) {
        done.add(top.id)
        onPath.delete(top.id)
        path.pop()
      } else if (onPath.has(to)) {
        const ids = path.map(({ id }) => id)
        return [...ids.slice(ids.indexOf(to)), to]
      } else if (!done.has(to)) enter(to)
    }
  }
  return undefined
}

function reach(start: Iterable<string>, links: Iterable<Link>): Set<string> {
  const next = new Map<string, string[]>()
  for (const { from, to } of links) {
    const list = next.get(from)
    if (list) list.push(to)
    else next.set(from, [to])
  }
  const found = new Set<string>()
  const queue = [...start]
  for (let id = queue.pop(); id !== undefined; id = queue.pop())
    for (const to of next.get(id) ?? [])
      if (!found.has(to)) {
        found.add(to)
        queue.push(to)
      }
  return found
}

/** Everything that comes after the given nodes, directly or not; the given ones only when on a cycle. */
export function descendants(ids: Iterable<string>, edges: Iterable<Link>): Set<string> {
  return reach(ids, edges)
}

/** Everything that comes before the given nodes, directly or not. */
export function ancestors(ids: Iterable<string>, edges: Link[]): Set<string> {
  return reach(
    ids,
    edges.map(({ from, to }) => ({ from: to, to: from })),
  )
}

/** True when content of type `source` may go into a port of type `target`: a file port takes anything, every port takes a file. */
export function fits(source: PortType, target: PortType): boolean {
  return source === target || target === 'file' || (target === 'dataset' && source === 'file')
}

/** "a → b → a". */
export const cycleWords = (cycle: string[]): string => cycle.join(' → ')

/** Where a connection starts: an output of a node, or any other source. */
export type ConnectionStart = { fromNode: string; output: string } | { source: InputSource }

/** Why `source` cannot feed an input port: unknown port, node or output, or another type. Unknown modules are not held against it. */
export function sourceProblem(
  workflow: WorkflowFile,
  modules: Record<string, ModuleFile>,
  source: InputSource,
  { toNode, port }: { toNode: string; port: string },
): Problem | undefined {
  const problem = (code: Problem['code'], message: string): Problem => ({
    severity: 'error',
    code,
    message,
    where: { nodeId: toNode, field: `nodes.${toNode}.inputs.${port}` },
  })
  const target = own(modules, toNode)
  const input = own(target?.inputs, port)
  if (target && !input) {
    const names = Object.keys(target.inputs ?? {})
    const has = names.length ? `It has ${names.join(', ')}.` : 'It has no inputs.'
    return problem('unknown-port', `${toNode} has no input ${port}.${suggestion(port, names) || ` ${has}`}`)
  }
  let type: PortType | undefined
  if (typeof source === 'string') {
    const from = splitOutput(source)
    const wrong = outputProblem(workflow, modules, from.node, from.port)
    if (wrong) return problem(wrong.code, wrong.message)
    type = own(own(modules, from.node)?.outputs, from.port)?.type
  } else if ('input' in source) {
    const names = Object.keys(workflow.inputs ?? {})
    type = own(workflow.inputs, source.input)?.type
    if (!type)
      return problem('missing-input', `The workflow has no input ${source.input}.${suggestion(source.input, names)}`)
  } else type = 'dataset' in source ? 'dataset' : 'model' in source ? 'model' : 'code' in source ? 'code' : undefined
  return input && type && !fits(type, input.type)
    ? problem('port-type', `${toNode}.${port} takes a ${input.type}; ${sourceWords(source)} is a ${type}.`)
    : undefined
}

/**
 * Why a connection cannot be made, for the canvas while dragging; undefined when it can. `modules`: by node id, as far as
 * known. A port that already has another source: code `duplicate-source`; the canvas may offer to replace it.
 */
export function connectionProblem(
  workflow: WorkflowFile,
  modules: Record<string, ModuleFile>,
  start: ConnectionStart,
  target: { toNode: string; port: string },
): Problem | undefined {
  const { toNode, port } = target
  const where = { nodeId: toNode, field: `nodes.${toNode}.inputs.${port}` }
  const node = own(workflow.nodes, toNode)
  if (!node) return { severity: 'error', code: 'unknown-node', message: `There is no node ${toNode}.`, where }
  const source = 'source' in start ? start.source : `${start.fromNode}.${start.output}`
  const wrong = sourceProblem(workflow, modules, source, target)
  if (wrong) return wrong
  const from = typeof source === 'string' ? splitOutput(source).node : undefined
  const edges = edgesOf(workflow)
  if (from !== undefined && (from === toNode || ancestors([from], edges).has(toNode))) {
    const cycle = from === toNode ? [from, from] : [...(pathBetween(toNode, from, edges) ?? [toNode, from]), toNode]
    const message = `This would make a cycle: ${cycleWords(cycle)}. A node cannot wait for itself.`
    return { severity: 'error', code: 'cycle', message, where }
  }
  const present = own(node.inputs, port)
  if (present === undefined || sameJson(present, source)) return undefined
  return {
    severity: 'error',
    code: 'duplicate-source',
    message: `${toNode}.${port} is already connected to ${sourceWords(present)}. Disconnect that first, or replace it.`,
    where,
  }
}

/** Ids on a shortest way from one node to another along edges, both ends included. */
function pathBetween(from: string, to: string, edges: Link[]): string[] | undefined {
  const next = neighbours(new Set(edges.flatMap((edge) => [edge.from, edge.to])), edges)
  const before = new Map<string, string>()
  const queue = [from]
  for (const id of queue) {
    if (id === to) break
    for (const other of next.get(id) ?? [])
      if (other !== from && !before.has(other)) {
        before.set(other, id)
        queue.push(other)
      }
  }
  if (!before.has(to)) return undefined
  const path = [to]
  for (let id = before.get(to); id !== undefined; id = before.get(id)) path.unshift(id)
  return path
}

/** A source in words: `prepare.features`, "input raw", "dataset waf@3". */
export function sourceWords(source: InputSource): string {
  if (typeof source === 'string') return source
  const [kind = '', name = ''] = Object.entries(source)[0] ?? []
  return `${kind} ${name}`
}

/** Why `node.port` is not an output, or undefined. */
export function outputProblem(
  workflow: WorkflowFile,
  modules: Record<string, ModuleFile>,
  node: string,
  port: string,
): { code: 'unknown-node' | 'unknown-port'; message: string } | undefined {
  if (!own(workflow.nodes, node))
    return {
      code: 'unknown-node',
      message: `There is no node ${node}.${suggestion(node, Object.keys(workflow.nodes))}`,
    }
  const module = own(modules, node)
  if (!module || own(module.outputs, port)) return undefined
  const names = Object.keys(module.outputs ?? {})
  const has = names.length ? `It has ${names.join(', ')}.` : 'It has no outputs.'
  return { code: 'unknown-port', message: `${node} has no output ${port}.${suggestion(port, names) || ` ${has}`}` }
}
