import type { Slots } from '../engine/slots.ts'
import type { Elsewhere, Runner } from '../runners/runner.ts'
import type { EnvironmentService, PreparedEnvironment } from '../services.ts'
import { type CommandText, environmentOf, findProgram } from './command.ts'

/** Where the attempts of a run are carried out. */
export interface Place {
  runner: Runner
  environments: EnvironmentService
  /** How many nodes may run at once there. */
  slots: Slots
  /** What is started for a command in an environment. Throws `SecxopsError` when it cannot be. */
  started(text: CommandText, prepared: PreparedEnvironment): StartedText
}

export interface StartedText {
  argv: string[]
  env: Record<string, string>
  /** What another machine has to have for it. */
  elsewhere?: Pick<Elsewhere, 'image' | 'folders' | 'before'>
}

/** Places other than this machine. */
export interface OtherPlaces {
  /** Rejects when no run can be started there, and says what to do. */
  require(target: string): Promise<void>
  /** Also of a target that is gone by now: what is asked of it then rejects. */
  place(target: string): Place
  /** Told once everything that an earlier backend left running has been taken over: what else of this home is there may go. */
  recovered(): void
  /** Ends all watching; what runs there goes on. */
  close(): void
}

/** On this machine a command inherits the backend's environment, and its program must be there. */
export function startedHere(text: CommandText, prepared: PreparedEnvironment): StartedText {
  const env = environmentOf(text.variables, prepared)
  return { argv: [findProgram(text.argv[0] ?? '', env.PATH ?? ''), ...text.argv.slice(1)], env }
}
