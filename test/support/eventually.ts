import { setTimeout as wait } from 'node:timers/promises'

/** Asks until the answer is neither undefined nor false; throws with `what` when that takes longer than `seconds`. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  seconds = 60,
): Promise<T> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > end) throw new Error(`waited ${seconds} s for: ${what}`)
    await wait(50)
  }
}
