import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { ExperimentReport, Trial } from '@secxops/protocol/experiments'
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
  /** News of a trial: what is absent stays as it is. */
  z.object({ kind: z.literal('trial'), trial: Trial.partial().required({ number: true }) }),
  /** Name of the metric that trials are scored by. */
  z.object({ kind: z.literal('objective'), metric: z.string() }),
  /** What comes before is done: from here on its time counts. It ends by itself until then. */
  z.object({ kind: z.literal('begun'), until: z.string() }),
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
