import { randomUUID } from 'node:crypto'
import type { Client } from '@secxops/client/client'
import { formatDuration } from '@secxops/panels/i18n/format'
import { errorBody } from '@secxops/panels/ui/error-body'
import type { RouteInput } from '@secxops/protocol/api'
import type { RunNode, RunState } from '@secxops/protocol/run'
import { EventEmitter, l10n, type Pseudoterminal } from 'vscode'
import { problemLine } from './problem-line.ts'

const ENDED: ReadonlySet<RunState> = new Set(['succeeded', 'failed', 'cancelled'])
const CTRL_C = '\u0003'
const COLOUR: Partial<Record<RunNode['state'], number>> = { succeeded: 32, failed: 31, running: 34, cancelled: 33 }

type Start = Pick<RouteInput<'runs.start'>['body'], 'path' | 'parameters' | 'inputs'>

/**
 * A run as a terminal: its problems as `FILE:LINE:COL: severity: message`, then each change of a node. Ends with exit code 0 only when
 * the run succeeded, 130 when it was cancelled. Ctrl-C or closing the terminal cancels it.
 */
export class RunTerminal implements Pseudoterminal {
  readonly #client: Client
  readonly #start: Start
  readonly #write = new EventEmitter<string>()
  readonly #close = new EventEmitter<number>()
  readonly #shown = new Map<string, string>()
  readonly onDidWrite = this.#write.event
  readonly onDidClose = this.#close.event
  #runId: string | undefined
  #cancelled = false
  #stop: () => void = () => undefined

  constructor(client: Client, start: Start) {
    this.#client = client
    this.#start = start
  }

  open(): void {
    this.#follow().catch((error: unknown) => {
      const { message, cause, details = [] } = errorBody(error)
      this.#line(`${l10n.t('error')}: ${message}`, 31)
      if (cause) this.#line(cause)
      for (const detail of details) if (detail.message !== message) this.#line(`- ${detail.message}`)
      this.#end(1)
    })
  }

  handleInput(data: string): void {
    if (data === CTRL_C) this.close()
  }

  /** Asked for by the user; the run ends when no process of it is left. */
  close(): void {
    if (this.#cancelled) return
    this.#cancelled = true
    if (this.#runId === undefined) return
    this.#line(l10n.t('Cancelling'))
    const params = { id: this.#runId }
    this.#client
      .call('runs.cancel', { params, body: {} })
      .catch((error: unknown) => this.#line(errorBody(error).message))
  }

  async #follow(): Promise<void> {
    const { path } = this.#start
    const { problems } = await this.#client.call('workflows.check', { body: { path } })
    for (const problem of problems) this.#line(problemLine(problem, path), problem.severity === 'error' ? 31 : 33)
    if (problems.some(({ severity }) => severity === 'error')) return this.#end(1)
    const run = await this.#client.call('runs.start', { body: { ...this.#start, idempotencyKey: randomUUID() } })
    this.#runId = run.id
    this.#line(l10n.t('run {0}', run.id))
    if (this.#cancelled) await this.#client.call('runs.cancel', { params: { id: run.id }, body: {} })
    const state = await this.#ended(run.id)
    this.#line(`${run.id}: ${state}`, COLOUR[state as RunNode['state']])
    this.#end(state === 'succeeded' ? 0 : state === 'cancelled' ? 130 : 1)
  }

  /** Tells each change of a node until the run has ended; goes on over a time without a backend. */
  #ended(id: string): Promise<RunState> {
    return new Promise((resolve) => {
      const read = async (): Promise<void> => {
        const run = await this.#client.call('runs.get', { params: { id } })
        for (const node of run.nodes) this.#node(node)
        if (ENDED.has(run.state)) resolve(run.state)
      }
      this.#stop = this.#client.subscribe({
        event: (event) => {
          if (event.type === 'node' && event.runId === id) this.#node(event.node)
          if (event.type === 'run' && event.run.id === id && ENDED.has(event.run.state)) resolve(event.run.state)
        },
        connection: (_, fresh) => {
          if (fresh) read().catch(() => undefined)
        },
      })
      // The connection may have been open before.
      read().catch(() => undefined)
    })
  }

  #node({ id, state, attempts, blockedBy }: RunNode): void {
    const last = attempts.at(-1)
    if (state === 'pending' || state === 'ready') return
    const words = [
      state,
      ...(state === 'running' ? [last?.phase, last?.progress] : []),
      ...(state === 'blocked' ? [blockedBy.join(', ')] : []),
      ...(last?.reused ? [l10n.t('result of an earlier run')] : []),
      ...(last?.duration === undefined || last.reused || state === 'blocked' ? [] : [formatDuration(last.duration)]),
      ...(state === 'failed' ? [last?.error?.message] : []),
    ]
    const text = `  ${id}: ${words.filter(Boolean).join(', ')}`
    if (this.#shown.get(id) === text) return
    this.#shown.set(id, text)
    this.#line(text, COLOUR[state])
  }

  #line(text: string, colour?: number): void {
    const lines = text.replace(/\r?\n/g, '\r\n')
    this.#write.fire(colour === undefined ? `${lines}\r\n` : `\u001b[${colour}m${lines}\u001b[0m\r\n`)
  }

  #end(code: number): void {
    this.#stop()
    this.#close.fire(code)
  }
}
