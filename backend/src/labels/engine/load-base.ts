import { SecxopsError } from '@secxops/protocol/errors'
import type { Embedding } from '../services.ts'
import type { BaseThread } from './base-thread.ts'
import type { BaseSnapshot } from './worker-calls.ts'

/** Texts that are embedded before what was done is told. */
const BATCH = 512

/**
 * Brings a snapshot into a thread and embeds what has no vector yet. Rejects with unavailable when more than `most` texts have none, or
 * when the embedder does not answer. `progress`: 0 to 1.
 */
export async function loadBase(
  thread: BaseThread,
  snapshot: BaseSnapshot,
  embedding: Embedding,
  options: { most?: number; signal?: AbortSignal; progress?(part: number): void } = {},
): Promise<void> {
  const { most = Number.POSITIVE_INFINITY, signal, progress } = options
  const { embedder, references } = snapshot
  await embedding.settled()
  const { missing } = await thread.call('load', snapshot)
  if (missing.length === 0) return
  if (missing.length > most)
    throw new SecxopsError({
      code: 'unavailable',
      message: `The reference base ${snapshot.base} is being prepared: ${missing.length} of the texts and labels of its ${references.length} references are not embedded yet. Its jobs show how far it is.`,
    })
  for (let at = 0; at < missing.length; at += BATCH) {
    await embedding.vectors(missing.slice(at, at + BATCH), { embedder, ...(signal ? { signal } : {}) })
    progress?.(Math.min(1, (at + BATCH) / missing.length))
  }
  await embedding.settled()
  const again = await thread.call('load', snapshot)
  if (again.missing.length > 0)
    throw new SecxopsError({
      code: 'disk-full',
      message: `The vectors of ${again.missing.length} texts of ${snapshot.base} could not be kept. Free some space and try again.`,
    })
}
