import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { ExperimentReport } from '@secxops/protocol/experiments'
import * as z from 'zod'

/** A line of the file in which the Python side tells what happens. */
const ToldLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('state'), detail: z.string() }),
  z.object({ kind: z.literal('report'), report: ExperimentReport }),
  z.object({
    kind: z.literal('failed'),
    message: z.string(),
    place: z.object({ path: z.string(), line: z.int().optional() }).optional(),
  }),
])
export type ToldLine = z.infer<typeof ToldLine>

/** Follows that file. Whole lines only: the last one may still be written. */
export class ToldTail {
  readonly #path: string
  #offset = 0

  constructor(path: string) {
    this.#path = path
  }

  /** What came since the last call. Lines that are none of ours are left out. */
  read(): ToldLine[] {
    let file: number
    try {
      file = openSync(this.#path, 'r')
    } catch {
      return []
    }
    try {
      const left = fstatSync(file).size - this.#offset
      if (left <= 0) return []
      const buffer = Buffer.alloc(left)
      const read = readSync(file, buffer, 0, left, this.#offset)
      const end = buffer.lastIndexOf(0x0a, read - 1) + 1
      this.#offset += end
      return buffer.toString('utf8', 0, end).split('\n').flatMap(lineOf)
    } finally {
      closeSync(file)
    }
  }
}

function lineOf(text: string): ToldLine[] {
  try {
    return [ToldLine.parse(JSON.parse(text))]
  } catch {
    return []
  }
}
