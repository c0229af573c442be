import { plainText } from '@secxops/panels/log/ansi'
import type { EventEmitter } from './fake-values.ts'
import { fake } from './fake-vscode.ts'

interface Pseudoterminal {
  onDidWrite: EventEmitter<string>['event']
  onDidClose: EventEmitter<number>['event']
  open(): void
  handleInput(data: string): void
}

/** A task that runs in a terminal. */
export interface RunningTask {
  /** What was written so far, without colours. */
  output(): string
  /** Types into the terminal. */
  type(text: string): void
  /** Exit code. */
  ended: Promise<number>
}

/** Starts the offered task of this name, as "Run Task" does. */
export async function runTask(name: string): Promise<RunningTask> {
  const task = (await fake.tasks()).find((one) => one.name === name)
  if (!task) throw new Error(`there is no task ${name}`)
  const terminal = (await task.execution.callback()) as Pseudoterminal
  let output = ''
  terminal.onDidWrite((text) => {
    output += text
  })
  const ended = new Promise<number>((resolve) => terminal.onDidClose(resolve))
  terminal.open()

  return { output: () => plainText(output), type: (text) => terminal.handleInput(text), ended }
}
