import type { ResolvedModule } from '@secxops/protocol/api'
import type { Problem } from '@secxops/protocol/errors'
import { edgesOf, type Edge as Link } from '@secxops/protocol/graph'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import type { Edge, Node } from '@xyflow/react'
import { NODE_HEIGHT, NODE_WIDTH, type NodeSize, type Point } from './auto-layout.ts'
import { placeNodes } from './placement.ts'
import { chipRoom, type NodePorts, nodeHeight, ORDER_IN, ORDER_OUT, portsOf } from './ports.ts'

/** What a node of the canvas shows besides its live state. */
export interface NodeData extends Record<string, unknown> {
  id: string
  module: string
  kind: 'notebook' | 'script' | 'module'
  /** Whether order edges end or begin here; their handles are hidden otherwise. */
  ordered: boolean
  /** The most telling parameter, when no run says more. */
  detail: string
  ports: NodePorts
  height: number
  /** Room that the words at its inputs take left of it. */
  left: number
  /** First problem of this node, in words. */
  problem?: { severity: 'error' | 'warning'; message: string; count: number }
}

export type FlowNode = Node<NodeData, 'module'>
export type FlowEdge = Edge<{ link: Link; problem?: string }>

export interface GraphModel {
  nodes: FlowNode[]
  edges: FlowEdge[]
  links: Link[]
}

/** Id of an edge; tells data from order and is stable over edits elsewhere. */
export const edgeId = (link: Link): string =>
  link.port === undefined ? `${link.from}>>${link.to}` : `${link.from}.${link.output}>${link.to}.${link.port}`

/** Node a problem is about: by id, else by a field like `nodes.train.with.lr`. */
export function problemNode(problem: Problem): string | undefined {
  const where = problem.where
  return where?.nodeId ?? /^nodes\.([^.]+)/.exec(where?.field ?? '')?.[1]
}

/**
 * Nodes and edges for the canvas. Nodes that look the same as before keep their identity, so that only what changed is
 * drawn again.
 */
export function buildGraph(
  workflow: WorkflowFile,
  modules: Record<string, ResolvedModule>,
  problems: Problem[],
  stored: Record<string, Point>,
  before?: GraphModel,
): GraphModel {
  const links = edgesOf(workflow).filter((link) => workflow.nodes[link.from] && workflow.nodes[link.to])
  const ports = portsOf(workflow, modules)
  const sizes: Record<string, NodeSize> = {}
  for (const [id, node] of Object.entries(ports)) sizes[id] = { height: nodeHeight(node), left: chipRoom(node) }
  const ids = Object.keys(workflow.nodes)
  const ordered = new Set(links.flatMap(({ from, to, port }) => (port === undefined ? [from, to] : [])))
  const places = placeNodes(ids, links, stored, sizes)
  const byNode = Map.groupBy(problems, problemNode)
  const old = new Map(before?.nodes.map((node) => [node.id, node]))
  const nodes = ids.map((id): FlowNode => {
    const node = workflow.nodes[id]
    const data: NodeData = {
      id,
      module: node?.module ?? '',
      kind: kindOf(modules[id]),
      ordered: ordered.has(id),
      detail: detailOf(workflow, modules, id),
      ports: ports[id] ?? { inputs: [], outputs: [] },
      height: sizes[id]?.height ?? NODE_HEIGHT,
      left: sizes[id]?.left ?? 0,
      ...problemOf(byNode.get(id)),
    }
    const position = places[id] ?? { x: 0, y: 0 }
    const previous = old.get(id)
    if (previous && same(previous.data, data)) {
      return previous.position.x === position.x && previous.position.y === position.y
        ? previous
        : { ...previous, position }
    }
    return { id, type: 'module', position, data, width: NODE_WIDTH, height: data.height }
  })
  return { nodes, edges: links.map((link) => edgeOf(link, problems)), links }
}

const same = (a: NodeData, b: NodeData): boolean => JSON.stringify(a) === JSON.stringify(b)

function problemOf(problems: Problem[] | undefined): Pick<NodeData, 'problem'> {
  const first = problems?.find((problem) => problem.severity === 'error') ?? problems?.[0]
  return first && problems
    ? { problem: { severity: first.severity, message: first.message, count: problems.length } }
    : {}
}

function edgeOf(link: Link, problems: Problem[]): FlowEdge {
  const field = link.port === undefined ? `nodes.${link.to}.after` : `nodes.${link.to}.inputs.${link.port}`
  const problem = problems.find(({ where, severity }) => severity === 'error' && where?.field === field)?.message
  const order = link.port === undefined
  return {
    id: edgeId(link),
    source: link.from,
    target: link.to,
    sourceHandle: link.output ?? ORDER_OUT,
    targetHandle: link.port ?? ORDER_IN,
    className: `${order ? 'sx-edge-order' : 'sx-edge-data'}${problem ? ' sx-edge-bad' : ''}`,
    focusable: false,
    data: { link, ...(problem ? { problem } : {}) },
  }
}

function kindOf(module: ResolvedModule | undefined): NodeData['kind'] {
  const start = module?.module.start ?? ''
  if (/^(\S*\/)?papermill\b/.test(start)) return 'notebook'
  return /\.(py|sh)\b/.test(start) ? 'script' : 'module'
}

/** What sets this node apart: its first own value, else the first default of its module, else the module's name. */
function detailOf(workflow: WorkflowFile, modules: Record<string, ResolvedModule>, id: string): string {
  const node = workflow.nodes[id]
  const parameters = modules[id]?.module.parameters ?? {}
  for (const [name, value] of Object.entries(node?.with ?? {})) {
    if (parameters[name]?.type === 'secret') continue
    if (value !== null && typeof value === 'object' && !Array.isArray(value) && 'parameter' in value)
      return `${name} = ${String(value.parameter)} ↗`
    return `${name} = ${short(value)}`
  }
  for (const [name, parameter] of Object.entries(parameters))
    if (parameter.default !== undefined && parameter.type !== 'secret') return `${name} = ${short(parameter.default)}`
  return node?.module ?? ''
}

const short = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 60)
