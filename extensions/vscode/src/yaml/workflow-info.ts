import type { Client } from '@secxops/client/client'
import { moduleRef } from '@secxops/panels/canvas/names'
import { checkWorkflow } from '@secxops/protocol/check-workflow'
import type { Problem } from '@secxops/protocol/errors'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import { parseWorkflow } from '@secxops/protocol/workflow-document'
import type { TextDocument } from 'vscode'
import { moduleFiles } from '../trees/workspace-files.ts'
import type { WorkflowKnowledge } from './workflow-knowledge.ts'

/** Lists are asked for again after so many milliseconds; typing must not wait for them at each letter. */
const FRESH = 5000

const EMPTY: WorkflowFile = { apiVersion: 'secxops/v1', kind: 'Workflow', nodes: {} }

interface Lists {
  at: number
  refs: WorkflowKnowledge['refs']
  artifacts: WorkflowKnowledge['artifacts']
}

/** What the backend, the folder and the newest readable text tell about the workflows that are open as text. */
export class WorkflowInfo {
  readonly #client: () => Promise<Client>
  readonly #known = new Map<string, Pick<WorkflowKnowledge, 'workflow' | 'modules'>>()
  readonly #lists = new Map<string, Promise<Lists>>()

  constructor(client: () => Promise<Client>) {
    this.#client = client
  }

  /** Problems of the text as it is now, by the backend's checker; without a backend, those that the text alone shows. */
  async check(document: TextDocument): Promise<Problem[]> {
    const key = document.uri.toString()
    const path = document.uri.fsPath
    const text = document.getText()
    const parsed = parseWorkflow(text, path)
    const before = this.#known.get(key)
    if (!parsed.workflow) return parsed.problems
    try {
      const client = await this.#client()
      const { problems, modules } = await client.call('workflows.check', { body: { path, text } })
      const files = Object.fromEntries(Object.entries(modules).map(([id, { module }]) => [id, module]))
      this.#known.set(key, { workflow: parsed.workflow, modules: files })
      return problems
    } catch {
      this.#known.set(key, { workflow: parsed.workflow, modules: before?.modules ?? {} })
      return checkWorkflow(parsed.workflow, before?.modules ?? {}, { text })
    }
  }

  async knowledge(document: TextDocument): Promise<WorkflowKnowledge> {
    const key = document.uri.toString()
    if (!this.#known.has(key)) await this.check(document)
    const { refs, artifacts } = await this.#listed(document.uri.fsPath)
    return { ...(this.#known.get(key) ?? { workflow: EMPTY, modules: {} }), refs, artifacts }
  }

  forget(document: TextDocument): void {
    this.#known.delete(document.uri.toString())
    this.#lists.delete(document.uri.fsPath)
  }

  async #listed(path: string): Promise<Lists> {
    const old = this.#lists.get(path)
    if (old && Date.now() - (await old).at < FRESH) return old
    const lists = this.#read(path)
    this.#lists.set(path, lists)
    return lists
  }

  async #read(path: string): Promise<Lists> {
    const client = await this.#client()
    const none = (): [] => []
    const [files, saved, ...artifacts] = await Promise.all([
      moduleFiles.list().catch(none),
      client.call('modules.list', {}).catch(none),
      ...(['dataset', 'model', 'code'] as const).map((kind) =>
        client.call('library.list', { params: { kind } }).catch(none),
      ),
    ])
    return {
      at: Date.now(),
      refs: [
        ...files.map((file) => ({ ref: moduleRef(path, file.path), detail: file.name })),
        ...saved.map(({ name, latest, description }) => ({ ref: `${name}@${latest}`, detail: description })),
      ],
      artifacts: artifacts.flat().map(({ kind, name, latest }) => ({ kind, ref: `${name}@${latest.version}` })),
    }
  }
}
