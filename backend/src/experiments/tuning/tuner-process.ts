import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import type { Duplex } from 'node:stream'
import type { TrialParameters } from '@secxops/protocol/experiments'
import type { Json } from '@secxops/protocol/json'
import { assetPath } from '../../assets.ts'
import { environmentOf } from '../../runs/command.ts'
import type { PreparedEnvironment } from '../../services.ts'

/** What a tuner is made from and what it must know of an earlier process. */
export interface TunerStart {
  tuner: Json
  assessor: Json | undefined
  searchSpace: Json
  /** Curves of trials that ended well, in the order of their ends, for the assessor. */
  history: { trial: string; values: number[] }[]
  /** Curves so far of trials that go on. */
  running: { trial: string; values: number[] }[]
}

/** What a tuner proposes. Its id is NNI's own: a number, or a text for advisors. */
export interface Proposal {
  id: number | string
  parameters: TrialParameters
}

/** Why an assessor stops a trial. */
export interface EarlyStop {
  trial: number
  rule: string
  step: number
  value: number
  limit?: number
  trials?: number[]
}

export interface TunerEvents {
  ready(): void
  proposal(proposal: Proposal): void
  /** The space is used up, or nothing can be proposed before more results are there. */
  noMore(): void
  stopEarly(stop: EarlyStop): void
  /** It has ended without being asked to. `traceback`: in its own words, if it could still say them. */
  died(how: string, traceback: string | undefined): void
}

/** A result as NNI has it: a number, or a dict with `default`. */
export type TunerResult = number | Record<string, number>

/** Milliseconds that it has to end when asked. */
const GRACE = 8000

/** NNI's tuner (with its assessor) or advisor in a process of its own, which ends with this one. */
export class TunerProcess {
  readonly #child: ChildProcess
  readonly #channel: Duplex
  readonly #events: TunerEvents
  readonly #ended: Promise<void>
  #traceback: string | undefined
  #stopping = false

  /** `log`: path of the file to which it prints. */
  constructor(environment: PreparedEnvironment, start: TunerStart, log: string, events: TunerEvents) {
    this.#events = events
    const output = openSync(log, 'a', 0o600)
    try {
      this.#child = spawn(environment.python ?? 'python3', [assetPath('experiments/tuner.py')], {
        cwd: '/',
        // A group of its own: a signal to the group of the backend (Ctrl-C) is not for it.
        detached: true,
        env: { ...environmentOf({}, environment), OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
        stdio: ['ignore', output, output, 'pipe'],
      })
    } finally {
      closeSync(output)
    }
    this.#channel = this.#child.stdio[3] as Duplex
    this.#channel.on('error', () => undefined)
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => this.#over(error.message, resolve))
      this.#child.once('close', (code, signal) => this.#over(signal ?? `exit code ${code}`, resolve))
    })
    this.#listen()
    const { tuner, assessor, history, running, searchSpace } = start
    this.#write({ tuner, assessor: assessor ?? null, history, running })
    this.#command('IN', searchSpace)
  }

  /** Asks for `count` proposals. */
  request(count: number): void {
    this.#command('GE', count)
  }

  /** `id`: null for parameters that this tuner did not propose. `sequence` counts from 0 without a gap. */
  intermediate(id: Proposal['id'] | null, trial: number, sequence: number, value: number): void {
    this.#metric(id, trial, 'PERIODICAL', sequence, value)
  }

  final(id: Proposal['id'], trial: number, value: TunerResult): void {
    this.#metric(id, trial, 'FINAL', 0, value)
  }

  trialEnded(
    id: Proposal['id'] | null,
    trial: number,
    event: 'SUCCEEDED' | 'FAILED' | 'EARLY_STOPPED' | 'USER_CANCELED',
  ): void {
    this.#command('EN', {
      trial_job_id: String(trial),
      event,
      parameter_id: id,
      hyper_params: JSON.stringify({ parameter_id: id }),
    })
  }

  /** Results of trials that it did not propose itself. */
  learn(results: readonly { parameters: TrialParameters; value: TunerResult }[]): void {
    if (results.length === 0) return
    this.#command(
      'FD',
      results.map(({ parameters, value }) => ({ parameter: parameters, value: JSON.stringify(value) })),
    )
  }

  space(searchSpace: Json): void {
    this.#command('SS', searchSpace)
  }

  /** Writes where it is at the moment into its log. */
  dump(): void {
    this.#child.kill('SIGUSR1')
  }

  /** Ends it; resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#channel.end()
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), GRACE)
    await this.#ended
    clearTimeout(timer)
  }

  #over(how: string, resolve: () => void): void {
    resolve()
    if (this.#stopping) return
    this.#stopping = true
    this.#events.died(how, this.#traceback)
  }

  #listen(): void {
    let rest = ''
    this.#channel.setEncoding('utf8')
    this.#channel.on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) this.#told(JSON.parse(line) as { type: string; content: unknown })
    })
  }

  #told({ type, content }: { type: string; content: unknown }): void {
    if (type === 'ID') this.#events.ready()
    else if (type === 'TR') {
      const { parameter_id, parameters } = content as { parameter_id: number | string; parameters: TrialParameters }
      this.#events.proposal({ id: parameter_id, parameters })
    } else if (type === 'NO') this.#events.noMore()
    else if (type === 'KI') {
      const { trial, trials, ...stop } = content as Omit<EarlyStop, 'trial' | 'trials'> & {
        trial: string
        trials?: string[]
      }
      this.#events.stopEarly({ ...stop, trial: Number(trial), ...(trials && { trials: trials.map(Number) }) })
    } else if (type === 'ER') {
      this.#traceback ??= String(content)
      // What failed is one thread of it; the others would wait for ever.
      this.#child.kill('SIGKILL')
    }
  }

  #metric(id: Proposal['id'] | null, trial: number, type: string, sequence: number, value: TunerResult): void {
    this.#command('ME', {
      parameter_id: id,
      trial_job_id: String(trial),
      type,
      sequence,
      value: JSON.stringify(value),
    })
  }

  #command(type: string, content: unknown): void {
    this.#write({ type, content })
  }

  #write(message: unknown): void {
    if (!this.#stopping) this.#channel.write(`${JSON.stringify(message)}\n`)
  }
}
