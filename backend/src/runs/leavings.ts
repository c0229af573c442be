import { join } from 'node:path'
import { removeTree } from '../library/tree-modes.ts'
import { bodyOf } from './outcome.ts'
import type { AttemptRecord, NodeRecord } from './record.ts'

/** What an attempt needs only while it goes on; log, metrics and the executed notebook stay. */
const NEEDED_WHILE_RUNNING = ['work', 'values', 'params.json', 'before.json']

/**
 * Attempts whose working folder nobody needs any more: what they made is in the library. A failed or cancelled attempt keeps
 * its folder for looking at until a later attempt of the node has ended; one that filled the disk keeps nothing.
 */
export function withoutUse({ attempts }: NodeRecord): AttemptRecord[] {
  const last = attempts.findLastIndex(({ attempt }) => attempt.state !== 'running')
  return attempts.filter(({ attempt }, i) => i < last || (i === last && attempt.state === 'succeeded'))
}

/** Paths that the attempt in `directory` leaves and that {@link withoutUse} gives up. */
export const leavingsOf = (directory: string): string[] => NEEDED_WHILE_RUNNING.map((name) => join(directory, name))

/** Rejects when something cannot be removed. */
export async function removeLeavings(directory: string): Promise<void> {
  for (const path of leavingsOf(directory)) await removeTree(path)
}

/**
 * Removes what the node's newest attempts no longer need; call it after their end is durable. Never rejects: what cannot be
 * removed, or was left by a killed backend, `secxops clean` takes away.
 */
export async function dropLeavings(node: NodeRecord, directoryOf: (number: number) => string): Promise<void> {
  try {
    // Older ones went when these ended.
    for (const { attempt } of withoutUse(node).slice(-2))
      if (!attempt.reused) await removeLeavings(directoryOf(attempt.number))
  } catch (error) {
    console.error(`what an attempt of ${node.id} left could not be removed`, bodyOf(error).message)
  }
}
