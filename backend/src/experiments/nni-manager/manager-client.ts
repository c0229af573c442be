import { SecxopsError } from '@secxops/protocol/errors'
import type { TrialParameters } from '@secxops/protocol/experiments'
import type { Json } from '@secxops/protocol/json'

/** What the manager says of itself. */
export interface ManagerStatus {
  status: string
  errors: string[]
}

export type ProfileChange =
  | { kind: 'TRIAL_CONCURRENCY'; trialConcurrency: number }
  | { kind: 'MAX_TRIAL_NUM'; maxTrialNumber: number }
  | { kind: 'MAX_EXEC_DURATION'; maxExperimentDuration: string }
  | { kind: 'SEARCH_SPACE'; searchSpace: Json }

/** Milliseconds for an answer. Stopping a trial waits for its end. */
const PATIENCE = 20_000

/** NNI's REST of one manager. What it refuses is thrown as unavailable with its own words. */
export class ManagerClient {
  readonly #base: string

  constructor({ port, prefix }: { port: number; prefix: string }) {
    this.#base = `http://127.0.0.1:${port}/${prefix}/api/v1/nni`
  }

  async status(): Promise<ManagerStatus> {
    const text = await this.#ask('GET', '/check-status')
    return text === 'INITIALIZING' ? { status: text, errors: [] } : (JSON.parse(text) as ManagerStatus)
  }

  /** Begins the experiment, or goes on with the one in its database. */
  async begin(config: Record<string, Json>): Promise<void> {
    await this.#ask('POST', '/experiment', config)
  }

  async change({ kind, ...params }: ProfileChange): Promise<void> {
    await this.#ask('PUT', `/experiment?update_type=${kind}`, { params })
  }

  /** Answers NNI's number of the new trial. */
  async addTrial(parameters: TrialParameters): Promise<number> {
    const { sequenceId } = JSON.parse(await this.#ask('POST', '/trial-jobs', parameters)) as { sequenceId: number }
    return sequenceId
  }

  async cancel(job: string): Promise<void> {
    await this.#ask('DELETE', `/trial-jobs/${encodeURIComponent(job)}`)
  }

  /** Asks the manager to end, with everything. */
  async shutdown(): Promise<void> {
    await this.#ask('DELETE', '/experiment')
  }

  async #ask(method: string, path: string, body?: unknown): Promise<string> {
    let answer: Response
    try {
      answer = await fetch(`${this.#base}${path}`, {
        method,
        body: body === undefined ? undefined : JSON.stringify(body),
        headers: body === undefined ? undefined : { 'content-type': 'application/json' },
        signal: AbortSignal.timeout(PATIENCE),
      })
    } catch (error) {
      throw new SecxopsError({
        code: 'unavailable',
        message: "NNI's manager does not answer.",
        cause: error instanceof Error ? String(error.cause ?? error.message) : undefined,
      })
    }
    const text = await answer.text()
    if (answer.ok) return text
    throw new SecxopsError({ code: 'unavailable', message: "NNI's manager refused.", cause: wordsOf(text) })
  }
}

function wordsOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown }
    return typeof error === 'string' ? error : text
  } catch {
    return text.slice(0, 1000)
  }
}
