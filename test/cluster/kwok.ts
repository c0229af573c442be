import { ensureGoProgram, programPath } from './go-program.ts'

const NAME = 'kwok'

/** Plays nodes that are not there, and the Pods on them: placement and scale on one machine. */
export const KWOK_PROGRAM = programPath(NAME)

export const ensureKwok = (say: (line: string) => void): Promise<string | undefined> =>
  ensureGoProgram({ name: NAME, package: 'sigs.k8s.io/kwok/cmd/kwok', settings: {} }, say)
