import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureGoProgram, programPath } from './go-program.ts'
import { KWOK_PART } from './parts.ts'
import { BIN } from './places.ts'
import { partIsReady, pidOfPart, startPart } from './run-parts.ts'

const NAME = 'kwok'

/**
 * Starts kwok, which plays the nodes that carry the annotation `kwok.x-k8s.io/node: fake` and the Pods on them: placement and scale on
 * one machine. It is built at its first use (minutes), and ends with the cluster.
 */
export async function startKwok(say: (line: string) => void): Promise<void> {
  await ensureGoProgram({ name: NAME, package: 'sigs.k8s.io/kwok/cmd/kwok', settings: {} }, say)
  if (pidOfPart(NAME) === undefined) copyFileSync(programPath(NAME), join(BIN, NAME))
  await startPart(KWOK_PART)
  await partIsReady(KWOK_PART)
}
