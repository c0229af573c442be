import type { ResolvedModule } from '@secxops/protocol/api'
import { edgesOf } from '@secxops/protocol/graph'
import type { PortType } from '@secxops/protocol/module'
import type { InputSource, WorkflowFile } from '@secxops/protocol/workflow'
import { NODE_HEIGHT } from './auto-layout.ts'

/** Handles of order edges (`after`); data ports carry the port's own name, which cannot hold a `~`. */
export const ORDER_OUT = '~before'
export const ORDER_IN = '~after'

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

/** Distance of a port's middle from the node's top; the lowest 12 px belong to the order handle. */
export function portOffset(index: number, count: number, height: number): number {
  return ((index + 1) * (height - 10)) / (count + 1)
}
