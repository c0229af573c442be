import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ended, Execution, Launch } from '../runner.ts'
import { type Claim, readClaim } from './claim.ts'
import type { MemoryMeter, MemoryWatch } from './memory-watch.ts'
import { stopProcesses } from './stop.ts'

/** A command of this machine, started by this backend or by one before it. */
export class LocalExecution implements Execution {
  readonly ended: Promise<Ended>
  readonly #launch: Launch
  readonly #meter: MemoryMeter
  #settle: (ended: Ended) => void = () => undefined

  /** `group`: process group of the command, when it lives. */
  constructor(launch: Launch, watch: MemoryWatch, group: number | undefined, memory: number | undefined) {
    this.#launch = launch
    this.ended = new Promise((resolve) => {
      this.#settle = resolve
    })
    this.#meter = { peak: 0, over: false, limit: memory, onOver: () => void this.stop(0) }
    if (group === undefined) return
    const unwatch = watch.add(group, this.#meter)
    void this.ended.then(unwatch)
  }

  settle(ended: Ended): void {
    this.#settle(ended)
  }

  async stop(grace: number): Promise<void> {
    writeFileSync(join(this.#launch.directory, 'stop'), '')
    const claim = readClaim(this.#launch)
    await stopProcesses(markOf(this.#launch), isClaim(claim) ? claim : undefined, grace)
  }

  peakMemory(): number | undefined {
    return this.#meter.peak || undefined
  }

  overMemory(): boolean {
    return this.#meter.over
  }
}

export const isClaim = (claim: Claim | 'refused' | undefined): claim is Claim => typeof claim === 'object'

/** What every process of an attempt carries in its environment. */
export const markOf = ({ attemptId }: Launch): string => `SECXOPS_ATTEMPT_ID=${attemptId}`
