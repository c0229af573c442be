import type { ResolvedModule } from '@secxops/protocol/api'
import { edgesOf } from '@secxops/protocol/graph'
import type { PortType } from '@secxops/protocol/module'
import type { InputSource, WorkflowFile } from '@secxops/protocol/workflow'
import { NODE_HEIGHT } from './auto-layout.ts'

/** Handles of order edges (`after`); data ports carry the port's own name, which cannot hold a `~`. */
export const ORDER_OUT = '~before'
export const ORDER_IN = '~after'

/** Width and height of a handle. */
export const PORT = 10

export interface PortView {
  name: string
  /** `unknown`: the workflow names it, the module (as far as known) does not. */
  type: PortType | 'unknown'
  required: boolean
  description?: string
  /** Only inputs: where it takes its content from. */
  source?: InputSource
}

export interface NodePorts {
  inputs: PortView[]
  outputs: PortView[]
}

/** Ports of every node: those of its module, and those that the workflow names but the module does not have. */
export function portsOf(workflow: WorkflowFile, modules: Record<string, ResolvedModule>): Record<string, NodePorts> {
  const ports: Record<string, NodePorts> = {}
  for (const [id, node] of Object.entries(workflow.nodes)) {
    const module = modules[id]?.module
    const inputs: PortView[] = Object.entries(module?.inputs ?? {}).map(([name, port]) => ({
      name,
      type: port.type,
      required: port.required !== false,
      ...(port.description ? { description: port.description } : {}),
      ...(node.inputs?.[name] === undefined ? {} : { source: node.inputs[name] }),
    }))
    for (const [name, source] of Object.entries(node.inputs ?? {}))
      if (!module?.inputs?.[name]) inputs.push({ name, type: 'unknown', required: false, source })
    const outputs: PortView[] = Object.entries(module?.outputs ?? {}).map(([name, port]) => ({
      name,
      type: port.type,
      required: port.required !== false,
      ...(port.description ? { description: port.description } : {}),
    }))
    ports[id] = { inputs, outputs }
  }
  for (const { from, output } of edgesOf(workflow)) {
    const outputs = ports[from]?.outputs
    if (output && outputs && !outputs.some((port) => port.name === output))
      outputs.push({ name: output, type: 'unknown', required: false })
  }
  return ports
}

/** Height of a node's box: 64, more only when its ports would stand closer than 14 px. */
export function nodeHeight({ inputs, outputs }: NodePorts): number {
  return Math.max(NODE_HEIGHT, (Math.max(inputs.length, outputs.length) + 1) * 14 + 8)
}

/** What an input from outside the graph says at its port: `rows: payload-train@1`; one word when name and source are the same. */
export function chipText({ name, source }: PortView): string | undefined {
  if (source === undefined || typeof source === 'string') return undefined
  const from = String(Object.values(source)[0])
  return from === name ? name : `${name}: ${from}`
}

const CHIP_MAX = 160
const CHIP_GAP = 8
/** Padding and border of a chip on both sides. */
const CHIP_FRAME = 10
const LETTER = 6.5
const WIDE_LETTER = 11

/** Room that a node's chips take at its left, from the lengths of their words: nothing is measured before the first picture. */
export function chipRoom({ inputs }: NodePorts): number {
  let widest = 0
  for (const text of inputs.map(chipText)) {
    if (text === undefined) continue
    let width = CHIP_FRAME
    for (const letter of text) width += letter > '\u2e7f' ? WIDE_LETTER : LETTER
    widest = Math.max(widest, CHIP_GAP + Math.min(CHIP_MAX, Math.ceil(width)))
  }
  return widest
}

/** Distance of a port's middle from the node's top; the lowest 12 px belong to the order handle. */
export function portOffset(index: number, count: number, height: number): number {
  return ((index + 1) * (height - 10)) / (count + 1)
}

/** Distance of a handle's middle from the node's top; a port that the node does not have counts as its first. */
export function handleTop(
  { ports, height }: { ports: NodePorts; height: number },
  id: string,
  side: 'in' | 'out',
): number {
  if (id === ORDER_IN || id === ORDER_OUT) return height - 7
  const list = side === 'in' ? ports.inputs : ports.outputs
  const index = list.findIndex(({ name }) => name === id)
  return portOffset(Math.max(0, index), list.length, height)
}
