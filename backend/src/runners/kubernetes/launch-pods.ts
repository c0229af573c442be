import type { Watch } from '../../cluster/watch.ts'
import { type Pod, type PodState, readPod } from './pod-state.ts'

/** What is known of the Pods of one launch, and the way to wait for more. */
export class LaunchPods {
  /** By UID. */
  readonly #states = new Map<string, PodState & { pod: Pod }>()
  readonly #stop: () => void
  readonly #wakers = new Set<() => void>()
  #listed = false

  constructor(watch: Watch<Pod>, key: string) {
    this.#stop = watch.observe(key, (pod, gone) => {
      if (gone) this.#states.delete(pod.metadata.uid)
      else this.#states.set(pod.metadata.uid, { ...readPod(pod), pod })
      this.wake()
    })
    void watch.listed.then(() => {
      this.#listed = true
      this.wake()
    })
  }

  get(uid: string): (PodState & { pod: Pod }) | undefined {
    return this.#states.get(uid)
  }

  /** The one that is not being deleted. */
  any(): (PodState & { pod: Pod }) | undefined {
    return [...this.#states.values()].find(({ pod }) => !pod.metadata.deletionTimestamp)
  }

  /** A Pod that was there once is there no more. */
  gone(uid: string): boolean {
    return this.#listed && !this.#states.has(uid)
  }

  /** Resolves with the first answer of `look`, which is asked again after every change. Rejects when aborted. */
  async until<T>(look: () => T | undefined, signal: AbortSignal): Promise<T> {
    for (;;) {
      signal.throwIfAborted()
      const found = look()
      if (found !== undefined) return found
      await this.change(signal)
    }
  }

  /** Resolves after the next change. */
  change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.#wakers.delete(wake)
        signal.removeEventListener('abort', abort)
      }
      const wake = (): void => {
        end()
        resolve()
      }
      const abort = (): void => {
        end()
        reject(signal.reason)
      }
      this.#wakers.add(wake)
      signal.addEventListener('abort', abort)
    })
  }

  close(): void {
    this.#stop()
  }

  /** As after a change. */
  wake(): void {
    for (const wake of [...this.#wakers]) wake()
  }
}
