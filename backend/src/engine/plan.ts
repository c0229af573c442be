import type { NodeState, RunState } from '@secxops/protocol/run'

/** A node as the planner sees it. */
export interface PlanNode {
  id: string
  /** Nodes that must have succeeded first, by data or by order. All are in the graph, without cycles. */
  needs: readonly string[]
  /** How often it is started again after a failure. */
  retries: number
}

/** One start of a node in this run, oldest first. */
export interface PlanAttempt {
  state: 'running' | 'succeeded' | 'failed' | 'cancelled'
  /** What it ran with: module, parameters, inputs, environment. */
  signature: string
}

/** What the user asked for and what is known now. */
export interface Edits {
  /** Cancel was asked and not followed by Continue. */
  cancel: boolean
  /** Attempts of a node that Continue has forgiven: failures among its first `n` no longer count. */
  forgiven: ReadonlyMap<string, number>
  /** Nodes that run although nothing changed: a success counts only after this many attempts, and no cache is used. */
  forced: ReadonlyMap<string, number>
  /** Signature each node would run with, as far as it is known; ignored while a predecessor has no valid result. */
  signatures: ReadonlyMap<string, string>
  /** Nodes for whose present signature a result is in the cache. */
  cached: ReadonlySet<string>
  /** Places that are free on the machine. */
  slots: number
}

export type Action =
  /** Find out the node's signature (its predecessors have results) and plan again. */
  | { type: 'resolve'; id: string }
  | { type: 'start'; id: string }
  /** Take the result out of the cache. */
  | { type: 'reuse'; id: string }
  /** End its processes. */
  | { type: 'stop'; id: string }

export interface PlannedNode {
  state: NodeState
  /** Failed (or cancelled) nodes it waits for, directly or not. */
  blockedBy: string[]
}

export interface Plan {
  run: RunState
  nodes: Map<string, PlannedNode>
  actions: Action[]
}

/**
 * The one decision of the engine: first start, retry, Continue after edits, reuse and cancel are all this function.
 * A node's result is valid when its newest attempt's signature is the one it would run with now. A node runs once all
 * its predecessors have valid results and it has none; each failure with the same signature uses up one retry.
 * `nodes` must be in topological order. Pure; O(nodes + edges).
 */
export function plan(
  nodes: readonly PlanNode[],
  history: ReadonlyMap<string, readonly PlanAttempt[]>,
  edits: Edits,
): Plan {
  const planned = new Map<string, PlannedNode>()
  const actions: Action[] = []
  let slots = edits.slots
  for (const node of nodes) {
    const blockedBy = blockers(node, planned)
    const decision = decide(node, history.get(node.id) ?? [], edits, blockedBy, planned)
    let { state } = decision
    if (decision.action === 'start' && slots > 0) {
      slots -= 1
      state = 'running'
      actions.push({ type: 'start', id: node.id })
    } else if (decision.action && decision.action !== 'start') actions.push({ type: decision.action, id: node.id })
    planned.set(node.id, { state, blockedBy: state === 'blocked' ? blockedBy : [] })
  }
  return { run: runState(planned, edits.cancel), nodes: planned, actions }
}

interface Decision {
  state: NodeState
  action?: Action['type']
}

function decide(
  node: PlanNode,
  attempts: readonly PlanAttempt[],
  edits: Edits,
  blockedBy: readonly string[],
  planned: ReadonlyMap<string, PlannedNode>,
): Decision {
  const last = attempts.at(-1)
  if (last?.state === 'running') return edits.cancel ? { state: 'running', action: 'stop' } : { state: 'running' }
  if (blockedBy.length > 0) return { state: 'blocked' }
  const waits = node.needs.some((id) => planned.get(id)?.state !== 'succeeded')
  if (waits) return { state: edits.cancel ? 'cancelled' : 'pending' }
  const signature = edits.signatures.get(node.id)
  if (signature === undefined) return edits.cancel ? afterCancel(last) : { state: 'ready', action: 'resolve' }
  const forced = edits.forced.get(node.id)
  const valid = last?.state === 'succeeded' && last.signature === signature && attempts.length > (forced ?? 0)
  if (valid) return { state: 'succeeded' }
  if (edits.cancel) return afterCancel(last)
  const failures = attempts
    .slice(edits.forgiven.get(node.id) ?? 0)
    .filter((attempt) => attempt.state === 'failed' && attempt.signature === signature).length
  if (failures > node.retries) return { state: 'failed' }
  if (forced === undefined && edits.cached.has(node.id)) return { state: 'ready', action: 'reuse' }
  return { state: 'ready', action: 'start' }
}

/** What a node shows when the run was cancelled and nothing of it runs. */
function afterCancel(last: PlanAttempt | undefined): Decision {
  return { state: last && last.state !== 'running' ? last.state : 'cancelled' }
}

/** The failed nodes behind a node: failed predecessors, and what blocks blocked ones. In topological order. */
function blockers(node: PlanNode, planned: ReadonlyMap<string, PlannedNode>): string[] {
  const found = new Set<string>()
  for (const id of node.needs) {
    const need = planned.get(id)
    if (need?.state === 'failed') found.add(id)
    for (const root of need?.blockedBy ?? []) found.add(root)
  }
  return [...found]
}

function runState(planned: ReadonlyMap<string, PlannedNode>, cancel: boolean): RunState {
  const states = new Set([...planned.values()].map((node) => node.state))
  if (cancel && states.has('running')) return 'cancelling'
  if (cancel && [...states].some((state) => state !== 'succeeded')) return 'cancelled'
  if (states.has('running') || states.has('ready') || states.has('pending')) return 'running'
  return states.has('failed') ? 'failed' : 'succeeded'
}
