import { setTimeout as wait } from 'node:timers/promises'

const PATIENCE = 60_000

/** Asks until the answer is neither undefined nor false; rejects with `what` when that takes too long. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const end = performance.now() + PATIENCE
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > end) throw new Error(`waited ${PATIENCE / 1000} s for: ${what}`)
    await wait(50)
  }
}
