import * as z from 'zod'
import { Duration, Parameter, ParameterValue, PortType, Resources } from './module.ts'
import { ArtifactRef, Identifier, ModuleRef, Name, NodeId } from './names.ts'

export { isModulePath, isWorkflowPath, layoutPath } from './workflow-path.ts'

/** `node.port`: an output of another node. */
export const OutputRef = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}\.[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'write NODE.OUTPUT, like prepare.features')

/** Where an input port of a node takes its content from. */
export const InputSource = z.union(
  [
    OutputRef,
    z.strictObject({ input: Identifier }).describe('an input of the workflow'),
    z.strictObject({ dataset: ArtifactRef }),
    z.strictObject({ model: ArtifactRef }),
    z.strictObject({ code: ArtifactRef }),
    z.strictObject({ file: z.string().min(1) }).describe('a file or folder, relative to the workflow file'),
  ],
  {
    error:
      'expected one source: NODE.OUTPUT, {input: NAME}, {dataset: NAME@VERSION}, {model: NAME@VERSION}, {code: NAME@VERSION} or {file: PATH}',
  },
)
export type InputSource = z.infer<typeof InputSource>

/** A literal, or `{parameter: NAME}` for a parameter of the workflow. */
export const NodeValue = z.union([z.strictObject({ parameter: Identifier }), ParameterValue])
export type NodeValue = z.infer<typeof NodeValue>

export const WorkflowNode = z.strictObject({
  module: ModuleRef,
  with: z.record(Identifier, NodeValue).optional().describe('parameters of the module'),
  inputs: z.record(Identifier, InputSource).optional(),
  after: z.array(NodeId).optional().describe('nodes that must succeed first although no data comes from them'),
  resources: Resources.optional(),
  timeout: Duration.optional(),
  retries: z.int().min(0).max(10).optional(),
  description: z.string().optional(),
})
export type WorkflowNode = z.infer<typeof WorkflowNode>

export const WorkflowInput = z.strictObject({
  type: PortType,
  default: ArtifactRef.optional().describe('NAME@VERSION of the library'),
  description: z.string().optional(),
})
export type WorkflowInput = z.infer<typeof WorkflowInput>

/** `NAME.workflow.yaml`. */
export const WorkflowFile = z.strictObject({
  apiVersion: z.literal('secxops/v1'),
  kind: z.literal('Workflow'),
  description: z.string().optional(),
  parameters: z.record(Identifier, Parameter).optional(),
  inputs: z.record(Identifier, WorkflowInput).optional(),
  nodes: z.record(NodeId, WorkflowNode),
  outputs: z
    .record(Identifier, z.strictObject({ from: OutputRef, saveAs: Name.optional().describe('name in the library') }))
    .optional(),
})
export type WorkflowFile = z.infer<typeof WorkflowFile>

/** `NAME.workflow.layout.json`: where nodes stand on the canvas, in pixels. Missing nodes are laid out automatically. */
export const WorkflowLayout = z.strictObject({
  version: z.literal(1),
  nodes: z.record(NodeId, z.strictObject({ x: z.number(), y: z.number() })),
})
export type WorkflowLayout = z.infer<typeof WorkflowLayout>

/**
 * One edit on the canvas. A panel sends it, the host applies it to the document's text (`workflow-document.ts`),
 * the changed text comes back. Nothing else changes a workflow file.
 */
export type WorkflowEdit =
  | { type: 'add-node'; id: string; node: WorkflowNode; at?: { x: number; y: number } }
  | { type: 'remove-nodes'; ids: string[] }
  | { type: 'rename-node'; id: string; to: string }
  | { type: 'set-module'; id: string; module: string }
  | { type: 'set-value'; id: string; name: string; value: NodeValue | undefined }
  | { type: 'connect'; id: string; port: string; source: InputSource }
  | { type: 'disconnect'; id: string; port: string }
  | { type: 'set-after'; id: string; after: string[] }
  | { type: 'set-node-field'; id: string; field: 'resources' | 'timeout' | 'retries' | 'description'; value: unknown }
  | { type: 'set-parameter'; name: string; parameter: Parameter | undefined }
  | { type: 'set-input'; name: string; input: WorkflowInput | undefined }
  | { type: 'set-output'; name: string; output: { from: string; saveAs?: string } | undefined }
  | { type: 'move-nodes'; positions: Record<string, { x: number; y: number }> }
