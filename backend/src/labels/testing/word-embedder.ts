import { createHash } from 'node:crypto'
import type { Fetch } from '@secxops/client/http-request'

/** An embedding endpoint for tests: a text's vector is the sum of directions that its words alone decide. */
export class WordEmbedder {
  /** Texts that were asked for, in their order. */
  readonly asked: string[] = []
  dimension = 32
  /** Refuses to answer. */
  down = false
  /** Answers no sooner than this resolves. */
  until: Promise<unknown> = Promise.resolve()

  readonly fetch: Fetch = async (_, { body }) => {
    const { input } = JSON.parse(String(body)) as { input: string[] }
    if (this.down) throw new Error('nobody listens')
    this.asked.push(...input)
    await this.until
    const data = input.map((text) => ({ embedding: this.#vector(text) }))
    return new Response(JSON.stringify({ data }))
  }

  #vector(text: string): number[] {
    const sum = new Array<number>(this.dimension).fill(0.3)
    for (const word of text.toLowerCase().split(/\W+/)) {
      const hash = createHash('sha512').update(word).digest()
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + hash.readInt8(i % 64) / 128
    }
    return sum
  }
}
