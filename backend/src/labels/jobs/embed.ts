import type { Embedding, LabelBases, LabelEngine } from '../services.ts'
import type { JobWork } from './jobs.ts'

/** Texts that are embedded between two looks at cancel and progress. */
const BATCH = 64

/** Milliseconds between two looks at what the start of the embedder is doing. */
const LOOK = 500

/** Embeds the references of a base that have no vector yet; then the base learns. Vectors are kept as they come. */
export function embedReferences(bases: LabelBases, embedding: Embedding): JobWork {
  return async ({ base, signal, step, waits, follow }) => {
    const texts = [...new Set(bases.references(base).map(({ text }) => text))]
    for (let at = 0; at < texts.length; at += BATCH) {
      const vectors = embedding.vectors(texts.slice(at, at + BATCH), { signal })
      await sayingWhy(vectors, () => embedding.doing(), waits)
      await step({ done: Math.min(at + BATCH, texts.length), total: texts.length })
    }
    follow('learn', base, {})
  }
}

/** The first start of the bundled model installs it, which takes as long as the network is slow: what goes on is told. */
async function sayingWhy(
  work: Promise<unknown>,
  doing: () => string | undefined,
  waits: (words: string) => Promise<void>,
): Promise<void> {
  let told: string | undefined
  let telling = Promise.resolve()
  const look = setInterval(() => {
    const words = doing()
    if (words === undefined || words === told) return
    told = words
    telling = waits(words).catch(() => undefined)
  }, LOOK)
  try {
    await work
  } finally {
    clearInterval(look)
    await telling
  }
}

/** Learns weights and confidence of a base anew; it answers with what it has meanwhile. Per cent. */
export function learn(engine: LabelEngine): JobWork {
  return async ({ base, signal, step }) => {
    let shown = 0
    await engine.learn(base, {
      signal,
      progress(part) {
        const done = Math.floor(part * 100)
        if (done <= shown || done >= 100) return
        shown = done
        // A step that comes too late (the job was cancelled meanwhile) has nothing to say.
        step({ done, total: 100 }).catch(() => undefined)
      },
    })
    await step({ done: 100, total: 100 })
  }
}
