import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { assetPath } from '../../assets.ts'
import type { EnvironmentService } from '../../services.ts'
import { untilAborted } from '../until-aborted.ts'

/** What a server is started from. */
export interface ServerRecipe {
  /** First argument of `assets/servers/serve.py`; `NAME.txt` beside it is what it needs. */
  name: 'embedder' | 'milvus'
  /** For messages, with its article and a capital letter. */
  title: string
  /** Path of the unix socket it serves; only its folder's owner reaches it. Asked when it starts. */
  socket: () => string
  /** Arguments after the socket. */
  args: () => readonly string[]
}

export interface ServerNeeds {
  environments: Pick<EnvironmentService, 'prepare'>
  /** Folder of log files. */
  logs: string
  /** Milliseconds without use after which it is stopped. */
  idle?: number
  /** Milliseconds within which it must serve after its start. */
  patience?: number
}

const IDLE = 10 * 60_000
const PATIENCE = 120_000
/** Milliseconds until a server that failed is tried again; doubled with each failure. */
const FIRST_WAIT = 1000
const LONGEST_WAIT = 60_000
/** Bytes after which the log begins anew. */
const LOG_SIZE = 4 * 1_048_576

interface Running {
  child: ChildProcess
  socket: string
  ended: Promise<void>
}

/**
 * A server of our own in a Python environment of its own: started when it is first used, started again when it ended, stopped when it is
 * not used. It ends with this process, however this process ends.
 */
export class LocalServer {
  readonly #recipe: ServerRecipe
  readonly #needs: ServerNeeds
  readonly #closing = new AbortController()
  #starting: Promise<Running> | undefined
  #running: Running | undefined
  #starts = 0
  #users = 0
  #idle: NodeJS.Timeout | undefined
  #failure: { error: SecxopsError; count: number; until: number } | undefined
  #doing: string | undefined

  constructor(recipe: ServerRecipe, needs: ServerNeeds) {
    this.#recipe = recipe
    this.#needs = needs
  }

  /** What its start is doing at the moment, in words; undefined while it is not starting. */
  get doing(): string | undefined {
    return this.#doing
  }

  /**
   * Runs `work` while the server serves; `work` gets the path of its socket and how often it was started. Rejects with unavailable (or no-network, no-python … of its
   * environment) when it does not start; after a failure the next try waits, and what asks meanwhile is told the same at once.
   */
  async use<T>(work: (socket: string, starts: number) => Promise<T>, signal?: AbortSignal): Promise<T> {
    this.#users++
    clearTimeout(this.#idle)
    try {
      const { socket } = await untilAborted(this.#serving(), signal)
      return await work(socket, this.#starts)
    } finally {
      this.#users--
      if (this.#users === 0) this.#idle = setTimeout(() => void this.#stop(), this.#needs.idle ?? IDLE).unref()
    }
  }

  /** Stops it; what still uses it fails. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('SecXOps is closing'))
    await this.#starting?.catch(() => undefined)
    await this.#stop()
  }

  #serving(): Promise<Running> {
    if (this.#closing.signal.aborted) return Promise.reject(this.#closing.signal.reason)
    if (this.#running) return Promise.resolve(this.#running)
    const failure = this.#failure
    if (failure && Date.now() < failure.until) return Promise.reject(failure.error)
    this.#starting ??= this.#start().then(
      (running) => {
        this.#starting = undefined
        this.#doing = undefined
        this.#failure = undefined
        this.#running = running
        this.#starts++
        void running.ended.then(() => {
          if (this.#running === running) this.#running = undefined
        })
        return running
      },
      (cause: unknown) => {
        this.#starting = undefined
        this.#doing = undefined
        throw this.#failed(cause)
      },
    )
    return this.#starting
  }

  #failed(cause: unknown): SecxopsError {
    const error =
      cause instanceof SecxopsError
        ? cause
        : new SecxopsError(
            {
              code: 'unavailable',
              message: `${this.#recipe.title} could not be started: ${cause instanceof Error ? cause.message : cause}. It is tried again by itself.`,
              where: { path: this.#log },
              next: [{ kind: 'open', label: 'Open its log', place: { path: this.#log } }],
            },
            { cause },
          )
    const count = (this.#failure?.count ?? 0) + 1
    this.#failure = { error, count, until: Date.now() + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (count - 1)) }
    return error
  }

  get #log(): string {
    return join(this.#needs.logs, `${this.#recipe.name}.log`)
  }

  async #start(): Promise<Running> {
    const { name, title } = this.#recipe
    const { signal } = this.#closing
    const folder = assetPath('servers')
    const environment = await this.#needs.environments.prepare(
      { requirements: join(folder, `${name}.txt`) },
      folder,
      false,
      { signal, progress: (line) => (this.#doing = `${title}: ${line}`) },
    )
    this.#doing = `${title}: starting`
    const socket = this.#recipe.socket()
    rmSync(socket, { force: true })
    if ((statSync(this.#log, { throwIfNoEntry: false })?.size ?? 0) > LOG_SIZE) rmSync(this.#log)
    const log = openSync(this.#log, 'a', 0o600)
    try {
      // A group of its own: a signal to the group of the backend (Ctrl-C) is not for it.
      const child = spawn(
        environment.python ?? 'python3',
        [join(folder, 'serve.py'), name, socket, ...this.#recipe.args()],
        {
          cwd: this.#needs.logs,
          detached: true,
          env: { ...process.env, ...environment.variables },
          stdio: ['pipe', log, log],
        },
      )
      child.stdin?.on('error', () => undefined)
      child.unref()
      const running = { child, socket, ended: endOf(child) }
      await this.#served(running)
      return running
    } finally {
      closeSync(log)
    }
  }

  /** Until its socket takes connections. */
  async #served({ child, socket, ended }: Running): Promise<void> {
    let over = false
    const end = ended.then(() => {
      over = true
    })
    const deadline = Date.now() + (this.#needs.patience ?? PATIENCE)
    while (!(await answers(socket))) {
      if (over) throw new Error(`it ended with ${child.signalCode ?? `exit code ${child.exitCode}`} while it started`)
      if (this.#closing.signal.aborted || Date.now() > deadline) {
        child.kill('SIGKILL')
        this.#closing.signal.throwIfAborted()
        throw new Error('it did not answer in time after its start')
      }
      await Promise.race([end, new Promise((resolve) => setTimeout(resolve, 50))])
    }
  }

  async #stop(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    if (!running) return
    // What is waited for keeps this process. The end of its input asks the server to end by itself, and to force itself after a while.
    running.child.ref()
    running.child.stdin?.end()
    await running.ended
    rmSync(running.socket, { force: true })
  }
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket)
    connection.once('connect', () => {
      connection.destroy()
      resolve(true)
    })
    connection.once('error', () => resolve(false))
  })
}
