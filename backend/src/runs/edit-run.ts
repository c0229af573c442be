import { dirname } from 'node:path'
import type { ContinueRun, RunPlan } from '@secxops/protocol/api'
import { type Problem, SecxopsError } from '@secxops/protocol/errors'
import { suggestion } from '@secxops/protocol/suggest'
import { withDefaults } from '@secxops/protocol/value'
import { parseWorkflow } from '@secxops/protocol/workflow-document'
import type * as z from 'zod'
import { whyStale } from '../engine/ingredients.ts'
import { type PlanAttempt, plan } from '../engine/plan.ts'
import { checkText } from '../workflows/check.ts'
import { AttemptFactory, type FactoryServices } from './attempt-factory.ts'
import { type Given, givenTo, shownGiven } from './given.ts'
import { nodesOf } from './new-run.ts'
import { lastAttempt, type NodeRecord, type RunRecord, type RunSpec, withFollowers } from './record.ts'
import { inputSources, nodeSources } from './sources.ts'

export type ContinueInput = z.output<typeof ContinueRun>

/** The spec a run would have after Continue, what it keeps of what it was given, and what stands against it. Changes nothing. */
export async function editedSpec(
  run: RunRecord,
  input: ContinueInput,
  { modules, library }: FactoryServices,
  signal: AbortSignal,
): Promise<{ spec: RunSpec; problems: Problem[]; given?: Given | undefined }> {
  const { spec } = run
  const text = input.text ?? spec.text
  const read = spec.trial ? spec.workflow : parseWorkflow(text, run.path).workflow
  const given = givenTo(spec, input, read ?? spec.workflow)
  if (spec.trial) return { spec: { ...spec, set: given.set }, problems: [] }
  const { workflow, problems, modules: known } = await checkText(modules, run.path, text, given)
  const shown = shownGiven(given, workflow ?? spec.workflow, known)
  if (!workflow || problems.some(({ severity }) => severity === 'error')) return { spec, problems, given: shown }
  const base = dirname(run.path)
  return {
    spec: {
      ...spec,
      text,
      workflow,
      base,
      set: given.set,
      parameters: withDefaults(workflow.parameters, given.parameters),
      inputs: await inputSources(library, workflow, given.inputs, signal),
      given: { parameters: Object.keys(given.parameters), inputs: Object.keys(given.inputs) },
      sources: await nodeSources(library, workflow, base, spec.sources, signal),
    },
    problems,
    given: shown,
  }
}

/** Puts an edited spec in force: failures so far are forgiven, `from` and what follows runs again. */
export function applySpec(run: RunRecord, spec: RunSpec, from: readonly string[] = []): void {
  const nodes = nodesOf(spec.workflow, run.nodes)
  for (const id of from)
    if (!nodes.has(id))
      throw new SecxopsError({
        code: 'unknown-node',
        message: `There is no node ${id} in this run.${suggestion(id, [...nodes.keys()])}`,
        where: { runId: run.id },
      })
  for (const node of run.nodes.values())
    if (!nodes.has(node.id) && lastAttempt(node)?.attempt.state === 'running')
      throw new SecxopsError({
        code: 'conflict',
        message: `${node.id} is still running and is not in the new workflow. Wait until it ends, or cancel the run.`,
        where: { runId: run.id, nodeId: node.id },
      })
  const again = withFollowers(spec.workflow, from)
  const forgiven: Record<string, number> = {}
  const forced: Record<string, number> = {}
  for (const { id, attempts } of nodes.values()) {
    const runs = attempts.at(-1)?.attempt.state === 'running'
    forgiven[id] = attempts.length - (runs ? 1 : 0)
    const asked = again.has(id) ? attempts.length : run.spec.forced[id]
    if (asked !== undefined && asked >= attempts.length) forced[id] = asked
  }
  run.spec = { ...spec, forgiven, forced }
  run.nodes = nodes
}

/** What a run with an edited spec would do: the planner itself, played through with every start succeeding. `edited` is used up. */
export async function foresee(edited: RunRecord, services: FactoryServices): Promise<Omit<RunPlan, 'problems'>> {
  const factory = new AttemptFactory(edited, services)
  const nodes = [...edited.nodes.values()].map(({ id, needs }) => ({ id, needs, retries: 0 }))
  const history = new Map<string, PlanAttempt[]>()
  for (const { id, attempts } of edited.nodes.values())
    history.set(
      id,
      attempts.map(({ attempt }) => (attempt.state === 'running' ? { ...attempt, state: 'succeeded' } : attempt)),
    )
  const signatures = new Map<string, string>()
  const cached = new Set<string>()
  const why = new Map<string, string[]>()
  const reuse = new Set<string>()
  const others = { cancel: false, slots: Number.POSITIVE_INFINITY }
  const { forgiven, forced } = edited.spec
  for (;;) {
    const decided = plan(nodes, history, {
      ...others,
      forgiven: new Map(Object.entries(forgiven)),
      forced: new Map(Object.entries(forced)),
      signatures,
      cached,
    })
    for (const [id, { state }] of decided.nodes) {
      const node = edited.nodes.get(id)
      if (node) node.state = state
    }
    if (decided.actions.length === 0) break
    for (const { type, id } of decided.actions) {
      const node = edited.nodes.get(id)
      if (!node) continue
      const again = node.needs.filter((need) => why.has(need))
      if (type === 'resolve') {
        // What comes out of a node that runs again is not known yet.
        const planned = again.length > 0 ? undefined : await factory.plan(id)
        const running = lastAttempt(node)?.attempt
        signatures.set(
          id,
          running?.state === 'running' ? running.signature : (planned?.signature ?? `after ${again.join()}`),
        )
        if (planned?.cached) cached.add(id)
        if (planned && !planned.error) node.stale = reasons(node, planned.ingredients, again)
        else node.stale = reasons(node, undefined, again)
        continue
      }
      history.set(id, [...(history.get(id) ?? []), { state: 'succeeded', signature: signatures.get(id) ?? '' }])
      if (type === 'reuse') reuse.add(id)
      if (type === 'start') why.set(id, forced[id] === undefined ? node.stale : ['asked to run again', ...node.stale])
    }
  }
  return {
    run: nodes.flatMap(({ id }) => (why.has(id) ? [{ node: id, why: why.get(id) ?? [] }] : [])),
    reuse: [...reuse],
    keep: nodes.map(({ id }) => id).filter((id) => !why.has(id) && !reuse.has(id)),
  }
}

function reasons(
  { attempts }: NodeRecord,
  now: Parameters<typeof whyStale>[1] | undefined,
  again: readonly string[],
): string[] {
  const last = attempts.at(-1)
  if (!last) return ['it has not run yet']
  const found: string[] = []
  if (last.attempt.state === 'failed') found.push('it failed before')
  if (last.attempt.state === 'cancelled') found.push('it was cancelled before')
  if (now && last.module) found.push(...whyStale(last.ingredients, now))
  return [...found, ...again.map((id) => `${id} runs again`)]
}
