import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until something is there and answers it; works outside of tests, too. Rejects after four minutes. */
export async function until<T>(look: () => T | Promise<T>): Promise<Exclude<T, undefined | false>> {
  const deadline = Date.now() + 240_000
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>
    if (Date.now() > deadline) throw new Error('what was waited for did not come')
    await sleep(50)
  }
}
