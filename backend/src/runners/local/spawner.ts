import { type ChildProcess, spawn } from 'node:child_process'
import type { Answer, Start } from '../../../assets/spawner.mjs'
import { assetPath } from '../../assets.ts'

/** Milliseconds without a command after which the helper process is let go. */
const IDLE = 30_000

/** Told of one start: first `started` or `failed`, then once `exited`; `gone` instead of what is missing when the helper was ended. */
export interface Watcher {
  started(pid: number): void
  failed(error: Error): void
  /** `code`: null when a signal ended it. */
  exited(code: number | null): void
  gone(): void
}

/** Starts processes through a small helper process (`assets/spawner.mjs`), which is there only while it is needed. */
export class Spawner {
  #helper: ChildProcess | undefined
  #idle: NodeJS.Timeout | undefined
  readonly #watchers = new Map<number, Watcher>()
  #last = 0

  start(command: Omit<Start, 'id'>, watcher: Watcher): void {
    const id = ++this.#last
    clearTimeout(this.#idle)
    this.#watchers.set(id, watcher)
    this.#helper ??= this.#begin()
    this.#hold(this.#helper)
    const start: Start = { ...command, id }
    // A helper that cannot be reached is ending; its end tells the watchers.
    this.#helper.send(start, () => undefined)
  }

  /** Lets the helper go; what it has started goes on unwatched. */
  close(): void {
    clearTimeout(this.#idle)
    this.#watchers.clear()
    this.#letGo()
  }

  #begin(): ChildProcess {
    // Its own group: a signal to the backend's group (Ctrl-C) is not for it.
    const helper = spawn(process.execPath, [assetPath('spawner.mjs')], {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    helper.on('message', (answer: Answer) => this.#answered(answer))
    const over = (): void => this.#ended(helper)
    helper.once('error', over)
    helper.once('exit', over)
    return helper
  }

  #answered(answer: Answer): void {
    const watcher = this.#watchers.get(answer.id)
    if (!watcher) return
    if ('pid' in answer) {
      watcher.started(answer.pid)
      return
    }
    this.#watchers.delete(answer.id)
    if ('error' in answer) {
      const { message, code } = answer.error
      watcher.failed(Object.assign(new Error(message), { code }))
    } else watcher.exited(answer.exit)
    if (this.#watchers.size === 0) this.#rest()
  }

  #ended(helper: ChildProcess): void {
    if (this.#helper !== helper) return
    this.#helper = undefined
    const left = [...this.#watchers.values()]
    this.#watchers.clear()
    for (const watcher of left) watcher.gone()
  }

  /** A helper without work does not keep the backend from ending, and ends itself after a while. */
  #rest(): void {
    this.#helper?.unref()
    this.#helper?.channel?.unref()
    this.#idle = setTimeout(() => this.#letGo(), IDLE).unref()
  }

  #hold(helper: ChildProcess): void {
    helper.ref()
    helper.channel?.ref()
  }

  #letGo(): void {
    const helper = this.#helper
    this.#helper = undefined
    if (helper?.connected) helper.disconnect()
    helper?.unref()
  }
}
