import type { ErrorBody } from '@secxops/protocol/errors'

/** One start of a command. Everything about it lies in `directory`, so that it can be found again after a restart. */
export interface Launch {
  /** Unique for ever; every process of the attempt carries it in its environment. */
  attemptId: string
  /** Absolute path of the attempt's own folder, already there. The runner puts `log`, `stop` and its own marks into it. */
  directory: string
  /** Counts the starts of the same attempt; a new one only after `adopt` has answered that the one before never began. */
  launch: number
}

export interface Command {
  /** On this machine the first word is a path with a slash in it. */
  argv: string[]
  /** Absolute path; the launch's folder or below it where the command runs elsewhere. */
  cwd: string
  env: Record<string, string>
  /** Bytes of memory the command and its children may use together, where the system can tell. */
  memory?: number
  /** What a machine elsewhere has to give and to send back; this machine needs to know none of it. */
  elsewhere?: Elsewhere
  /** Told what the command waits for before it begins; undefined when it waits no more. */
  waiting?(why: string | undefined): void
}

export interface Elsewhere {
  /** Image that has the command's programs. */
  image: string
  /** Cores. */
  cpu?: number
  gpu?: number
  /** Further folders that the command finds below the launch's folder, absolute paths here by name there. */
  folders?: Record<string, string>
  /** Variables whose value stands before the image's own, with a colon between. */
  before?: Record<string, string>
  /** Paths below the launch's folder that the caller reads after the end, as far as the command has written them. */
  results: string[]
}

/**
 * How a command ended. `lost`: it is over, but nobody knows its exit code (it was killed together with its watcher, or the
 * machine went down), or it never began; `why` then says more.
 */
export type Ended = { how: 'exited'; code: number } | { how: 'lost'; why?: ErrorBody }

/** A command that was started. */
export interface Execution {
  /** When the command began to run; absent where that is at once. */
  readonly began?: Promise<void>
  readonly ended: Promise<Ended>
  /** Resolves on proof that no process of the attempt is left: asks first, kills after `grace` milliseconds. */
  stop(grace: number): Promise<void>
  /** Highest resident memory in bytes seen so far, where the system tells. */
  peakMemory(): number | undefined
  /** True when it was ended for using more than its `memory`. */
  overMemory(): boolean
}

/** Where commands run. Knows nothing of workflows. */
export interface Runner {
  readonly target: string
  /** Path under which a command sees the folder of its launch. */
  seenAt(directory: string): string
  /** Starts the command at most once for a {@link Launch}, even when asked twice. Rejects when it surely did not start. */
  start(launch: Launch, command: Command): Promise<Execution>
  /** After a restart: what became of a launch. After `never-started` it never will start. */
  adopt(launch: Launch): Promise<Execution | 'never-started'>
  /** Resolves on proof that no process lives which carries `NAME=value` in its environment. */
  sweep(name: string, value: string, grace: number): Promise<void>
  /** Ends all watching; the processes go on. */
  close(): void
}
