import { resolve } from 'node:path'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { Values } from '@secxops/protocol/inspect'
import type { Attempt, PortContent } from '@secxops/protocol/run'
import type { WorkflowNode } from '@secxops/protocol/workflow'
import { type Ingredients, signatureOf } from '../engine/ingredients.ts'
import { bytesOf } from '../runners/memory.ts'
import type { Launch } from '../runners/runner.ts'
import { commandOf, placesOf } from './command.ts'
import type { Journal } from './journal.ts'
import { maskText, maskValues, secretsOf } from './mask.ts'
import { type KnownModule, ModuleCache } from './module-cache.ts'
import { bodyOf } from './outcome.ts'
import type { AttemptJob, AttemptServices } from './perform.ts'
import { type AttemptRecord, attemptId, type NodeRecord, type RunRecord } from './record.ts'
import { ingredientsOf, inputsOf, valuesOf } from './resolve-node.ts'

/** What a node would run with now. With `error`: it cannot, and an attempt only records why. */
export interface PlannedAttempt {
  signature: string
  ingredients: Ingredients
  known?: KnownModule
  values: Values
  inputs: Record<string, PortContent>
  cached?: { runId: string; nodeId: string; attempt: Attempt }
  error?: ErrorBody
}

export interface FactoryServices extends AttemptServices {
  journal: Journal
  attemptDirectory(runId: string, nodeId: string, number: number): string
}

const NOTHING: Ingredients = { module: '', environment: '', parameters: {}, inputs: {} }

/** Turns the nodes of one run into attempts: what they run with, what is recorded of them, and the job that is carried out. */
export class AttemptFactory {
  readonly #run: RunRecord
  readonly #services: FactoryServices
  readonly #modules: ModuleCache
  readonly #retries = new Map<string, number>()

  constructor(run: RunRecord, services: FactoryServices) {
    this.#run = run
    this.#services = services
    this.#modules = new ModuleCache(services.modules, services.environments)
  }

  forget(): void {
    this.#modules.forget()
  }

  /** Retries that the node's module asks for, as far as it is known yet. */
  retriesOf(id: string): number {
    return this.#retries.get(id) ?? 0
  }

  /** Needs the results of the node's predecessors. Never rejects. */
  async plan(id: string): Promise<PlannedAttempt> {
    const { spec } = this.#run
    const node = this.#node(id)
    try {
      const known = await this.#modules.get(node.module, spec.base, spec.unsaved)
      const { module } = known.resolved
      this.#retries.set(id, module.retries ?? 0)
      const values = valuesOf(this.#run, id, node, module)
      const inputs = inputsOf(this.#run, id, node, module)
      const ingredients = ingredientsOf(module, values, inputs, {
        module: known.digest,
        environment: known.environment,
      })
      const signature = signatureOf(ingredients)
      const cached = module.cache === false || spec.trial ? undefined : this.#cached(signature)
      return { signature, ingredients, known, values, inputs, cached }
    } catch (error) {
      const body = bodyOf(error)
      // The same obstacle is the same signature: retrying it at once is of no use.
      return {
        signature: `error:${body.code}:${body.message}`,
        ingredients: NOTHING,
        values: {},
        inputs: {},
        error: body,
      }
    }
  }

  /** A result for a signature whose contents are all still there. */
  #cached(signature: string): PlannedAttempt['cached'] {
    const found = this.#services.journal.resultOf(signature)
    const outputs = Object.values(found?.attempt.outputs ?? {})
    return outputs.every(({ digest, type }) => this.#services.library.byDigest(digest, type)) ? found : undefined
  }

  /** Record of a new attempt, running. */
  begin(node: NodeRecord, planned: PlannedAttempt): AttemptRecord {
    const number = node.attempts.length + 1
    const { known, values, inputs, signature, ingredients } = planned
    const module = known?.resolved.module
    const secrets = module ? secretsOf(module, values) : []
    const directory = this.#directory(node.id, number)
    let argv: string[] = []
    if (module && !planned.error)
      try {
        argv = this.#command(node.id, number, planned, known).argv
      } catch (error) {
        planned.error = bodyOf(error)
      }
    return {
      launch: 1,
      ingredients,
      module,
      notebook: known?.notebook ?? false,
      secrets,
      attempt: {
        number,
        state: 'running',
        startedAt: new Date().toISOString(),
        argv: argv.map((word) => maskText(word, secrets)),
        parameters: maskValues(module?.parameters, values),
        module: {
          ref: node.module,
          name: module?.name ?? node.module,
          version: module?.version,
          digest: known?.digest ?? '',
        },
        inputs,
        outputs: {},
        signature,
        log: resolve(directory, 'log'),
      },
    }
  }

  /** Record of an attempt that takes a cached result. */
  reuse(node: NodeRecord, planned: PlannedAttempt): AttemptRecord {
    const record = this.begin(node, planned)
    const { cached } = planned
    if (!cached) return record
    const { attempt } = cached
    record.attempt = {
      ...record.attempt,
      outputs: attempt.outputs,
      exitCode: attempt.exitCode,
      notebook: attempt.notebook,
      log: attempt.log,
      reused: attempt.reused ?? { runId: cached.runId, nodeId: cached.nodeId, attempt: attempt.number },
    }
    return record
  }

  launchOf(node: NodeRecord, { attempt, launch }: AttemptRecord): Launch {
    return {
      attemptId: attemptId(this.#run.id, node.id, attempt.number),
      directory: this.#directory(node.id, attempt.number),
      launch,
    }
  }

  /** The job of an attempt. `known` and the command are those it was planned with. */
  job(
    node: NodeRecord,
    record: AttemptRecord,
    planned: PlannedAttempt,
    hooks: Pick<AttemptJob, 'signal' | 'phase' | 'started'>,
  ): AttemptJob {
    const { known, values, inputs } = planned
    if (!known) throw new Error(`node ${node.id} has no module to run`)
    const { module } = known.resolved
    const own = this.#node(node.id)
    const { number } = record.attempt
    return {
      ...hooks,
      launch: this.launchOf(node, record),
      known,
      command: this.#command(node.id, number, planned, known),
      values,
      inputs,
      names: { runId: this.#run.id, nodeId: node.id, number },
      modulePath: resolve(this.#run.spec.base, node.module),
      secrets: record.secrets,
      timeout: own.timeout ?? module.timeout,
      memory: bytesOf(own.resources?.memory ?? module.resources?.memory),
      cpu: own.resources?.cpu ?? module.resources?.cpu,
      gpu: own.resources?.gpu ?? module.resources?.gpu,
      seen: this.#seen(node.id, number),
      copied: async (digest) => this.#sourceChanged(record, known, digest),
    }
  }

  /** The job of an attempt that an earlier backend has started: as its record has it, whatever was edited since. */
  adoptedJob(
    node: NodeRecord,
    record: AttemptRecord,
    hooks: Pick<AttemptJob, 'signal' | 'phase' | 'started'>,
  ): AttemptJob {
    const { attempt, module, notebook, ingredients } = record
    if (!module) throw new Error(`attempt ${attempt.number} of ${node.id} has no module`)
    const live = node.module.startsWith('.')
    const known: KnownModule = {
      resolved: { ref: attempt.module.ref, module, path: resolve(this.#run.spec.base, node.module), live },
      notebook,
      digest: attempt.module.digest,
      environment: ingredients.environment,
    }
    return {
      ...this.job(node, record, { ...record, ...attempt, values: {}, known }, hooks),
      command: { argv: attempt.argv, variables: {}, files: [] },
    }
  }

  #sourceChanged(record: AttemptRecord, known: KnownModule, digest: string): void {
    this.forget()
    record.ingredients = { ...record.ingredients, module: digest }
    record.attempt.module = { ...record.attempt.module, digest }
    record.attempt.signature = signatureOf(record.ingredients)
    known.digest = digest
  }

  #command(id: string, number: number, { values, inputs }: PlannedAttempt, known: KnownModule) {
    return commandOf(known.resolved.module, values, Object.keys(inputs), placesOf(this.#seen(id, number)), {
      runId: this.#run.id,
      nodeId: id,
      number,
    })
  }

  /** Where the command sees its folder. */
  #seen(id: string, number: number): string {
    return this.#services.runner.seenAt(this.#directory(id, number))
  }

  #directory(id: string, number: number): string {
    return this.#services.attemptDirectory(this.#run.id, id, number)
  }

  #node(id: string): WorkflowNode {
    const node = this.#run.spec.workflow.nodes[id]
    if (!node) throw new Error(`run ${this.#run.id} has no node ${id}`)
    return node
  }
}
