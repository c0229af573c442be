import { expect, it } from 'vitest'
import type { LabelBases } from '../services.ts'
import { createCandidates } from './candidates.ts'
import type { VectorSearch } from './vector-search.ts'

let references = 50_000
let version = 1
const bases = { version: () => version, get: () => ({ references }) } as unknown as LabelBases
const search = { search: async () => [{ id: 'a' }, { id: 'b' }] } as unknown as VectorSearch
const vector = new Float32Array(4)

it('all references are looked at up to 50,000, and those that Milvus finds above', async () => {
  const candidates = createCandidates(bases, search)
  expect(await candidates('base', vector)).toBeUndefined()
  references = 50_001
  expect(await candidates('base', vector)).toBeUndefined()
  version = 2
  expect(await candidates('base', vector)).toEqual(['a', 'b'])
})

it('all are looked at while Milvus cannot tell or does not answer, and it is not asked for every text', async () => {
  references = 60_000
  for (const answer of [() => Promise.reject(new Error('down')), () => new Promise<never>(() => undefined)]) {
    let asked = 0
    const silent = {
      search: () => {
        asked++
        return answer()
      },
    } as unknown as VectorSearch
    const candidates = createCandidates(bases, silent, { patience: 1 })
    expect(await candidates('base', vector)).toBeUndefined()
    expect(await candidates('base', vector)).toBeUndefined()
    expect(asked).toBe(1)
  }
})
