import { expect, test } from 'vitest'
import type { Embedding, LabelBases } from '../services.ts'
import { embedReferences } from './embed.ts'
import type { JobContext } from './jobs.ts'

test('while the embedder starts, the job tells what that start is doing', async () => {
  const told = Promise.withResolvers<string>()
  const bases = { references: () => [{ text: 'a' }, { text: 'b' }] } as unknown as LabelBases
  // The vectors come only after somebody was told why they do not.
  const vectors = async (texts: readonly string[]) => {
    await told.promise
    return texts.map(() => new Float32Array(1))
  }
  const embedding = { doing: () => 'The model: installing', vectors } as unknown as Embedding
  const steps: unknown[] = []
  const context = {
    base: 'b',
    signal: new AbortController().signal,
    waits: async (words: string) => told.resolve(words),
    step: async (progress: unknown) => void steps.push(progress),
    follow: (kind: string) => steps.push(kind),
  } as unknown as JobContext
  await embedReferences(bases, embedding)(context)
  expect(await told.promise).toBe('The model: installing')
  expect(steps).toEqual([{ done: 2, total: 2 }, 'learn'])
})
