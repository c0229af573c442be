import * as z from 'zod'
import { ErrorBody } from './errors.ts'
import { ParameterValue, PortType } from './module.ts'
import { WorkflowFile } from './workflow.ts'

export const NODE_STATES = ['pending', 'ready', 'running', 'succeeded', 'failed', 'cancelled', 'blocked'] as const
export const NodeState = z.enum(NODE_STATES)
export type NodeState = z.infer<typeof NodeState>

/**
 * State of a run. `failed`: nothing runs any more and at least one node failed; Continue makes it `running` again.
 * `cancelling` ends as `cancelled` only when no process of the run is left.
 */
export const RUN_STATES = ['running', 'succeeded', 'failed', 'cancelling', 'cancelled'] as const
export const RunState = z.enum(RUN_STATES)
export type RunState = z.infer<typeof RunState>

/** What a running attempt is busy with. */
export const AttemptPhase = z.enum(['environment', 'copying', 'command', 'publishing'])
export type AttemptPhase = z.infer<typeof AttemptPhase>

/** Content of an output (or input) port, by value: a library version, or the attempt's own copy not yet named. */
export const PortContent = z.object({
  type: PortType,
  /** Digest of the content-hash manifest, `sha256:…`. */
  digest: z.string(),
  /** Bytes. */
  size: z.number(),
  files: z.int(),
  /** Library kind, name and version, when it is one. */
  artifact: z.object({ kind: z.enum(['dataset', 'model', 'code']), name: z.string(), version: z.int() }).optional(),
  /** Absolute path on the backend's machine where the content can be read. */
  path: z.string(),
})
export type PortContent = z.infer<typeof PortContent>

export const AttemptState = z.enum(['running', 'succeeded', 'failed', 'cancelled'])

/** One start of a node. Never rewritten once it has ended. */
export const Attempt = z.object({
  /** Counts from 1. */
  number: z.int().min(1),
  state: AttemptState,
  phase: AttemptPhase.optional(),
  /** What the phase is doing, e.g. "installing scikit-learn (3 of 12)". */
  progress: z.string().optional(),
  /** ISO 8601. */
  startedAt: z.string(),
  endedAt: z.string().optional(),
  /** Milliseconds by the monotonic clock, when ended. */
  duration: z.number().optional(),
  exitCode: z.int().optional(),
  signal: z.string().optional(),
  argv: z.array(z.string()),
  /** Values after defaults; secrets are "••••". */
  parameters: z.record(z.string(), ParameterValue),
  module: z.object({ ref: z.string(), name: z.string(), version: z.string().optional(), digest: z.string() }),
  inputs: z.record(z.string(), PortContent),
  outputs: z.record(z.string(), PortContent),
  /** Everything that decides whether it must run again: module digest, argv, input digests, environment. */
  signature: z.string(),
  /** The attempt whose outputs were reused instead of running. */
  reused: z.object({ runId: z.string(), nodeId: z.string(), attempt: z.int() }).optional(),
  error: ErrorBody.optional(),
  /** Last lines of the log, only when failed. */
  tail: z.array(z.string()).optional(),
  /** Absolute path of the executed notebook, when the module is one. */
  notebook: z.string().optional(),
  /** Absolute path of the log file, so that an editor can open it; absent when the command was given secrets, which it may hold. */
  log: z.string().optional(),
  /** Highest resident memory seen in bytes, where the system tells. */
  peakMemory: z.number().optional(),
})
export type Attempt = z.infer<typeof Attempt>

export const RunNode = z.object({
  id: z.string(),
  state: NodeState,
  module: z.string(),
  /** Failed nodes this one waits for, directly or not. */
  blockedBy: z.array(z.string()),
  /** Nodes that must succeed first. */
  needs: z.array(z.string()),
  attempts: z.array(Attempt),
  /** Why it will run (again): "parameter lr changed", "input data changed", "module changed". */
  stale: z.array(z.string()),
})
export type RunNode = z.infer<typeof RunNode>

export const RunSummary = z.object({
  id: z.string(),
  /**
   * Short name of the workflow's path, unlike that of any other path: the file name without `.workflow.yaml`, with its folder
   * before it where that is taken. Or the module's name when it was tried alone.
   */
  workflow: z.string(),
  /** Absolute path of the workflow file (or module folder). */
  path: z.string(),
  /** True in the list of runs when there is nothing at `path` any more: it was renamed, moved or deleted. */
  gone: z.boolean().optional(),
  state: RunState,
  target: z.string(),
  createdAt: z.string(),
  endedAt: z.string().optional(),
  /** When `secxops clean` removed its logs and working files; it can no longer be continued. */
  cleanedAt: z.string().optional(),
  /** Milliseconds of work in the periods that have ended: the first, and one more for each Continue of an ended run. */
  duration: z.number().optional(),
  /** ISO 8601, when the newest Continue made an ended run go on. */
  continuedAt: z.string().optional(),
  counts: z.record(NodeState, z.int()),
  /** Grows with every change of this run; a smaller number is older news. */
  seq: z.int(),
})
export type RunSummary = z.infer<typeof RunSummary>

export const Run = RunSummary.extend({
  parameters: z.record(z.string(), ParameterValue),
  inputs: z.record(z.string(), PortContent),
  nodes: z.array(RunNode),
  /** Outputs of the workflow, as far as they exist. */
  outputs: z.record(z.string(), PortContent),
  /** Text of the workflow this run holds; editing the file does not change it until Continue. */
  text: z.string(),
  /** The workflow of that text with the values the run was given in their places; secrets that were given are left out. */
  asRun: WorkflowFile.optional(),
})
export type Run = z.infer<typeof Run>

/** One reported metric. */
export const Metric = z.object({
  name: z.string(),
  value: z.number(),
  step: z.number().optional(),
  final: z.boolean().optional(),
  /** ISO 8601. */
  time: z.string(),
})
export type Metric = z.infer<typeof Metric>

/** A piece of a log or metric file. `text` is decoded with U+FFFD for bad bytes; `next` is a byte offset. */
export const LogChunk = z.object({
  offset: z.int(),
  next: z.int(),
  text: z.string(),
  /** Bytes in the file now. */
  size: z.int(),
  /** True when the attempt has ended and `next` is the end of its log. */
  complete: z.boolean(),
})
export type LogChunk = z.infer<typeof LogChunk>
