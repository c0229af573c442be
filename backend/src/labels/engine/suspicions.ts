import { SecxopsError } from '@secxops/protocol/errors'
import type { LabelPath } from '@secxops/protocol/labels'
import type { BaseRanking } from './base-ranking.ts'

export type SuspicionMap = Map<string, { amount: number; instead: LabelPath }>

interface Work {
  version: number
  found: SuspicionMap
  done: number
  /** Undefined when it is through. */
  going: Promise<void> | undefined
}

/** References between two looks at what else is asked of the base. */
const BATCH = 16
/** A base of up to this many references is waited for. */
const WAITED_FOR = 2000

/** How much the references of a base contradict each other: worked out once for each version, beside the answers. */
export class Suspicions {
  readonly #ranking: (base: string) => Promise<BaseRanking>
  readonly #works = new Map<string, Work>()

  constructor(ranking: (base: string) => Promise<BaseRanking>) {
    this.#ranking = ranking
  }

  /** Rejects with unavailable while a large base is gone through; then it says how far it is. */
  async of(base: string, version: number, references: number): Promise<SuspicionMap> {
    const known = this.#works.get(base)
    const work = known?.version === version ? known : this.#begin(base, version, references)
    if (work.going && references <= WAITED_FOR) await work.going
    if (!work.going) return work.found
    throw new SecxopsError({
      code: 'unavailable',
      message: `The references of ${base} are being compared with each other: ${work.done} of ${references} so far. Ask again in a while.`,
    })
  }

  #begin(base: string, version: number, references: number): Work {
    const work: Work = { version, found: new Map(), done: 0, going: undefined }
    this.#works.set(base, work)
    work.going = this.#go(base, work, references).then(
      () => {
        work.going = undefined
      },
      (error: unknown) => {
        if (this.#works.get(base) === work) this.#works.delete(base)
        throw error
      },
    )
    work.going.catch(() => undefined)
    return work
  }

  async #go(base: string, work: Work, references: number): Promise<void> {
    for (; work.done < references; work.done += BATCH) {
      // Another version makes this one useless.
      if (this.#works.get(base) !== work) return
      const ranking = await this.#ranking(base)
      for (const { id, amount, instead } of await ranking.suspicions(work.done, BATCH))
        work.found.set(id, { amount, instead })
    }
  }
}
