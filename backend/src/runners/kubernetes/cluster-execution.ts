import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorBody } from '@secxops/protocol/errors'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { BackOff } from '../../cluster/back-off.ts'
import { ExecFailure } from '../../cluster/exec.ts'
import { explainFailure } from '../../cluster/explain.ts'
import { ApiFailure } from '../../cluster/failure.ts'
import { kubeName } from '../../cluster/names.ts'
import { whyPending } from '../../cluster/why-pending.ts'
import type { Ended, Execution, Launch } from '../runner.ts'
import type { ClusterAccess } from './access.ts'
import { jobOf, LAUNCH_LABEL, launchKey } from './job.ts'
import { ensureJob, findJob, refusedPods, removeJobs } from './jobs.ts'
import { type Intent, readPodUid, writeEnd, writePod } from './launch-files.ts'
import { LaunchPods } from './launch-pods.ts'
import type { ContainerEnd } from './pod-state.ts'
import { fetchAttempt, followAttempt, sendAttempt } from './transfer.ts'

/** Milliseconds between two looks at a Job that has no Pod yet. */
const LOOK_AT_JOB = 3000
/** Milliseconds that the last words of a stopped command have to arrive. */
const LAST_WORDS = 3000

/** The one Pod that gets the data. */
interface Chosen {
  uid: string
  name: string
}

/** Why a launch will never succeed. */
class Hopeless extends Error {
  readonly body: ErrorBody
  constructor(body: ErrorBody) {
    super(body.message)
    this.body = body
  }
}

/**
 * A command in a Pod, from its Job to its results. Begins where an earlier backend stopped: everything it must remember lies in the attempt's folder.
 */
export class ClusterExecution implements Execution {
  readonly began: Promise<void>
  readonly ended: Promise<Ended>
  readonly #access: Promise<ClusterAccess>
  readonly #launch: Launch
  readonly #intent: Intent
  readonly #waiting: (why: string | undefined) => void
  readonly #begin: () => void
  readonly #settle: (ended: Ended) => void
  /** Ends what only a command that goes on needs. */
  readonly #stopping = new AbortController()
  readonly #closing: AbortSignal
  readonly #work: Promise<void>
  #stopped: Promise<void> | undefined
  #end: ContainerEnd | undefined

  constructor(
    access: Promise<ClusterAccess>,
    launch: Launch,
    intent: Intent,
    options: { closing: AbortSignal; waiting?: ((why: string | undefined) => void) | undefined },
  ) {
    const began = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<Ended>()
    this.began = began.promise
    this.ended = ended.promise
    this.#begin = began.resolve
    this.#settle = ended.resolve
    this.#access = access
    this.#launch = launch
    this.#intent = intent
    this.#closing = options.closing
    this.#waiting = options.waiting ?? (() => undefined)
    this.#work = this.#run()
  }

  stop(grace: number): Promise<void> {
    this.#stopped ??= this.#stop(grace)
    return this.#stopped
  }

  peakMemory(): undefined {
    return undefined
  }

  overMemory(): boolean {
    return this.#end?.overMemory ?? false
  }

  async #stop(grace: number): Promise<void> {
    writeFileSync(join(this.#launch.directory, 'stop'), '')
    this.#stopping.abort()
    const access = await this.#access
    await removeJobs(access, this.#selector(access), grace, this.#closing)
    await this.#work
    this.#settle(endedBy(this.#end))
  }

  #selector(access: ClusterAccess): string {
    return `${LAUNCH_LABEL}=${launchKey(access.home, this.#launch)}`
  }

  /** Never rejects. Settles the end, unless the command was stopped: then the proof does. */
  async #run(): Promise<void> {
    const { signal } = this.#stopping
    try {
      const access = await this.#access
      const pods = new LaunchPods(access.pods, launchKey(access.home, this.#launch))
      try {
        const chosen = await this.#deliver(access, pods)
        this.#begin()
        this.#end = await this.#follow(access, pods, chosen)
        if (signal.aborted) return
        await this.#fetch(access, pods, chosen)
        writeEnd(this.#launch, this.#end)
        this.#settle(endedBy(this.#end))
      } finally {
        pods.close()
      }
      // Everything is here; the Pod only takes room now. What cannot be removed, the next sweep takes.
      await removeJobs(access, this.#selector(access), 0, this.#closing).catch(() => undefined)
    } catch (error) {
      if (this.#closing.aborted || signal.aborted) return
      await this.#giveUp(error)
    }
  }

  async #giveUp(error: unknown): Promise<void> {
    const access = await this.#access.catch(() => undefined)
    // No Pod of it may begin, or go on, after it has been told as ended.
    if (access) await removeJobs(access, this.#selector(access), 0, this.#closing).catch(() => undefined)
    const why =
      error instanceof Hopeless || error instanceof SecxopsError
        ? error.body
        : explainFailure(error, access?.target ?? 'cluster')
    this.#settle({ how: 'lost', why })
  }

  /** Makes the Job, chooses its Pod and sends the data; resolves when the command has been let go. */
  async #deliver(access: ClusterAccess, pods: LaunchPods): Promise<Chosen> {
    const signal = this.#active
    const known = readPodUid(this.#launch)
    if (known === undefined) {
      const { env, memory, elsewhere } = this.#intent
      const needs = { ...elsewhere, ...(memory === undefined ? {} : { memory }) }
      await ensureJob(access, jobOf(access.home, this.#launch, env, needs), signal)
    }
    const backOff = new BackOff(100, 3000)
    for (;;) {
      const pod = await this.#placedPod(access, pods, known)
      const chosen = { uid: pod.metadata.uid, name: pod.metadata.name }
      // From here on no other Pod can ever get the data.
      if (readPodUid(this.#launch) === undefined) writePod(this.#launch, chosen.uid)
      // It has run already, and an earlier backend did not live to see the end.
      if (pods.get(chosen.uid)?.end) return chosen
      try {
        await sendAttempt(access, chosen.name, this.#launch, this.#intent, signal)
        this.#waiting(undefined)
        return chosen
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof ExecFailure)
          throw new Hopeless({
            code: 'cannot-run-here',
            message:
              'The data of the node could not be unpacked in its Pod. The image needs sh, tar and sha256sum, and the node room on its disk.',
            cause: error.message,
          })
        if (!(error instanceof ApiFailure) || error.status === 401 || error.status === 403) throw error
        // Mostly: the container has not started yet.
        await Promise.race([backOff.wait(signal), pods.change(signal)])
      }
    }
  }

  /** The launch's Pod once it is on a node; rejects when it will never run its command. */
  async #placedPod(access: ClusterAccess, pods: LaunchPods, known: string | undefined) {
    const uid = known ?? readPodUid(this.#launch)
    const stopLooking = uid === undefined ? this.#lookAtJob(access, pods) : undefined
    try {
      return await pods.until(() => {
        const state = uid === undefined ? pods.any() : pods.get(uid)
        stopLooking?.failed()
        if (!state) {
          if (uid !== undefined && pods.gone(uid)) throw new Hopeless(vanished(access.target))
          return undefined
        }
        // It may have ended while nobody looked.
        if (state.end) return state.pod
        if (state.over !== undefined) throw new Hopeless(interrupted(state.over))
        if (state.hopeless !== undefined)
          throw new Hopeless({
            code: 'cannot-run-here',
            message: `It could not be started on ${access.target}: ${state.hopeless}`,
          })
        this.#waiting(whyPending(state.pod))
        return state.placed ? state.pod : undefined
      }, this.#active)
    } finally {
      stopLooking?.end()
    }
  }

  /** Watches a Job that has no Pod: why there is none, and whether it was deleted. */
  #lookAtJob(access: ClusterAccess, pods: LaunchPods): { failed(): void; end(): void } {
    let failure: unknown
    const name = kubeName(`secxops-${launchKey(access.home, this.#launch)}`, 'Job')
    const timer = setInterval(async () => {
      if (pods.any()) return
      try {
        if (!(await findJob(access, name, this.#active))) throw new Hopeless(vanished(access.target))
        const refused = await refusedPods(access, name, this.#active)
        if (refused?.includes('violates PodSecurity')) throw new Hopeless({ code: 'forbidden', message: refused })
        if (refused && !pods.any()) this.#waiting(`no Pod can be made: ${refused}`)
      } catch (error) {
        if (!(error instanceof ApiFailure)) failure = error
        pods.wake()
      }
    }, LOOK_AT_JOB)
    return {
      failed() {
        if (failure !== undefined) throw failure
      },
      end: () => clearInterval(timer),
    }
  }

  /** Follows log and metrics until the command's container has ended; answers how. */
  async #follow(access: ClusterAccess, pods: LaunchPods, { uid, name }: Chosen): Promise<ContainerEnd> {
    const over = new AbortController()
    const signal = AbortSignal.any([over.signal, this.#closing])
    const following = keepTrying(() => followAttempt(access, name, this.#launch, signal), signal)
    try {
      const end = await pods.until(() => {
        const state = pods.get(uid)
        if (state?.end) return state.end
        if (state?.over !== undefined) throw new Hopeless(interrupted(state.over))
        if (!state && pods.gone(uid)) throw new Hopeless(vanished(access.target))
        return undefined
      }, this.#closing)
      // Results are not fetched from a Pod that is being deleted, but its last words are heard.
      if (this.#stopping.signal.aborted) await untilGone(pods, uid, this.#closing)
      return end
    } finally {
      over.abort()
      await following
    }
  }

  async #fetch(access: ClusterAccess, pods: LaunchPods, { uid, name }: Chosen): Promise<void> {
    const signal = this.#active
    const backOff = new BackOff(200, 10_000)
    for (let refusals = 0; ; )
      try {
        return await fetchAttempt(access, name, this.#launch, this.#intent.elsewhere.results, signal)
      } catch (error) {
        signal.throwIfAborted()
        if (pods.gone(uid) || pods.get(uid)?.unreachable) throw new Hopeless(vanished(access.target))
        if (error instanceof SecxopsError) throw error
        // The connection may be cut any number of times; what the Pod itself refuses, it refuses again.
        if (!(error instanceof ApiFailure) && ++refusals === 3)
          throw new Hopeless({
            code: 'command-failed',
            message:
              'The command ended, but its results could not be fetched from its Pod. The image needs tar, find and sha256sum.',
            cause: error instanceof Error ? error.message : String(error),
          })
        await backOff.wait(signal)
      }
  }

  get #active(): AbortSignal {
    return AbortSignal.any([this.#stopping.signal, this.#closing])
  }
}

const endedBy = (end: ContainerEnd | undefined): Ended => (end ? { how: 'exited', code: end.code } : { how: 'lost' })

const vanished = (target: string): ErrorBody => ({
  code: 'command-failed',
  message: `Its Pod on ${target} was deleted or ended by somebody, or its node is gone, before its results were here. Continue runs it again.`,
})

const interrupted = (why: string): ErrorBody => ({
  code: 'command-failed',
  message: `Kubernetes ended its Pod before the command had ended (${why}). Continue runs it again.`,
})

/** Repeats work that only ever fails, until aborted. Never rejects. */
async function keepTrying(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  const backOff = new BackOff(200, 5000)
  while (!signal.aborted)
    try {
      await work()
    } catch {
      await backOff.wait(signal).catch(() => undefined)
    }
}

async function untilGone(pods: LaunchPods, uid: string, closing: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([AbortSignal.timeout(LAST_WORDS), closing])
  await pods.until(() => pods.gone(uid) || undefined, limit).catch(() => undefined)
}
