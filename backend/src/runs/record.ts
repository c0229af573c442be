import type { SetValues } from '@secxops/protocol/api'
import { descendants, edgesOf, splitOutput } from '@secxops/protocol/graph'
import type { Values } from '@secxops/protocol/inspect'
import type { ModuleFile } from '@secxops/protocol/module'
import type { Attempt, NodeState, PortContent, Run, RunNode, RunState, RunSummary } from '@secxops/protocol/run'
import { NODE_STATES } from '@secxops/protocol/run'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import type * as z from 'zod'
import type { Ingredients } from '../engine/ingredients.ts'
import { workflowAsRun } from './as-run.ts'
import { maskValues } from './mask.ts'

/** What a run is asked to do. Continue puts a new one in its place. Holds secrets: never shown as it is. */
export interface RunSpec {
  text: string
  workflow: WorkflowFile
  /** Folder that `./` of modules and files starts from. */
  base: string
  /** Values of the workflow's parameters, with defaults. */
  parameters: Values
  /** Overrides of single nodes. */
  set: z.output<typeof SetValues>
  /** Where the inputs of the workflow come from: `NAME@V` or an absolute path, and the content behind it at the start. */
  inputs: Record<string, Source>
  /** Names of parameters and inputs that were given to the run; the others follow the file's defaults on Continue. */
  given?: { parameters: string[]; inputs: string[] }
  /** Sources that nodes name themselves, by `node.port`. */
  sources: Record<string, Source>
  /** A module tried alone: its results are neither reused nor put into the library. */
  trial: boolean
  /** Takes the place of the tried module's file. */
  unsaved?: ModuleFile
  /** See `engine/plan.ts`. */
  forgiven: Record<string, number>
  forced: Record<string, number>
}

export interface Source {
  from: string
  content: PortContent
}

export interface AttemptRecord {
  /** As it is shown. */
  attempt: Attempt
  launch: number
  ingredients: Ingredients
  /** The module as it was; absent when it could not be read. */
  module?: ModuleFile
  notebook: boolean
  /** Secret texts to hide in its log. */
  secrets: string[]
}

export interface NodeRecord {
  id: string
  module: string
  needs: string[]
  state: NodeState
  blockedBy: string[]
  stale: string[]
  attempts: AttemptRecord[]
}

export interface RunRecord {
  id: string
  workflow: string
  path: string
  target: string
  createdAt: string
  state: RunState
  endedAt?: string
  continuedAt?: string
  cleanedAt?: string
  /** Milliseconds of work in the periods that have ended. */
  duration?: number
  seq: number
  spec: RunSpec
  /** In topological order. */
  nodes: Map<string, NodeRecord>
}

/** Id of an attempt: unique for ever, in the environment of all its processes. */
export const attemptId = (runId: string, nodeId: string, number: number): string => `${runId}.${nodeId}.${number}`

export const lastAttempt = (node: NodeRecord | undefined): AttemptRecord | undefined => node?.attempts.at(-1)

/** Nodes after the given ones, and these. */
export const withFollowers = (workflow: WorkflowFile, ids: readonly string[]): Set<string> =>
  new Set([...ids, ...descendants(ids, edgesOf(workflow))])

export function toNode(node: NodeRecord): RunNode {
  const { id, state, module, blockedBy, needs, stale } = node
  return { id, state, module, blockedBy, needs, stale, attempts: node.attempts.map(toAttempt) }
}

/** The raw log of a command that was given secrets is not handed out: only `runs.log` hides them. */
function toAttempt({ attempt, secrets }: AttemptRecord): Attempt {
  return secrets.length === 0 ? attempt : { ...attempt, log: undefined }
}

export function toSummary(run: RunRecord): RunSummary {
  const { id, workflow, path, state, target, createdAt, endedAt, continuedAt, cleanedAt, duration, seq } = run
  const counts = Object.fromEntries(NODE_STATES.map((name) => [name, 0])) as Record<NodeState, number>
  for (const node of run.nodes.values()) counts[node.state] += 1
  return { id, workflow, path, state, target, createdAt, endedAt, continuedAt, cleanedAt, duration, counts, seq }
}

export function toRun(run: RunRecord): Run {
  const { spec } = run
  const outputs: Run['outputs'] = {}
  for (const [name, { from }] of Object.entries(spec.workflow.outputs ?? {})) {
    const content = outputOf(run, from)
    if (content) outputs[name] = content
  }
  return {
    ...toSummary(run),
    parameters: maskValues(spec.workflow.parameters, spec.parameters),
    inputs: Object.fromEntries(Object.entries(spec.inputs).map(([name, { content }]) => [name, content])),
    nodes: [...run.nodes.values()].map(toNode),
    outputs,
    text: spec.text,
    ...(spec.trial ? {} : { asRun: workflowAsRun(run) }),
  }
}

/** Content of `node.port`, when that node has a valid result. */
export function outputOf(run: RunRecord, ref: string): PortContent | undefined {
  const { node, port } = splitOutput(ref)
  const record = run.nodes.get(node)
  return record?.state === 'succeeded' ? lastAttempt(record)?.attempt.outputs[port] : undefined
}
