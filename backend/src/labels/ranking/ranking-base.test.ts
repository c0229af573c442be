import { deserialize, serialize } from 'node:v8'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitRanking } from './fit.ts'
import { RankingBase } from './ranking-base.ts'
import { SMALL_PATHS, smallNames, smallReferences, smallText, smallVector } from './testing/small-base.ts'

const references = smallReferences(9)
const names = smallNames()
const model = fitRanking(references, names)
const queries = SMALL_PATHS.map((path) => {
  const key = path.join('/')
  return { path, text: smallText(key, 100), vector: smallVector(key, `query ${key}`) }
})
const answersOf = (base: RankingBase): string =>
  JSON.stringify(queries.map(({ text, vector }) => base.answer(text, vector)))

describe('a ranking base', () => {
  const base = new RankingBase(model, references, names)

  it('gives texts like its references their label, with reasons from that label', () => {
    for (const { path, text, vector } of queries) {
      const answer = base.answer(text, vector)
      expect(answer.path).toEqual(path)
      expect(answer.why.length).toBeGreaterThan(0)
      for (const { id } of answer.why) expect(id.startsWith(path.join('/'))).toBe(true)
    }
  })

  it('has confidences that never grow with depth and alternatives that are likely in their order and sum to at most 1', () => {
    for (const { text, vector } of queries) {
      const answer = base.answer(text, vector)
      const levels = answer.level_confidence
      expect(levels.every((value, i) => value >= 0 && value <= 1 && value <= (levels[i - 1] ?? 1))).toBe(true)
      expect(answer.confidence).toBe(levels.at(-1))
      const others = answer.alternatives.slice(1).map(({ confidence }) => confidence)
      expect(others).toEqual([...others].sort((a, b) => b - a))
      expect(answer.alternatives.reduce((sum, { confidence }) => sum + confidence, 0)).toBeLessThanOrEqual(1 + 1e-9)
    }
  })

  it('stands by the deepest level that is sure enough', () => {
    const { text, vector } = queries[0] as (typeof queries)[number]
    const { level_confidence } = base.answer(text, vector)
    const only = base.answer(text, vector, { sure: (level_confidence[0] ?? 0) - 1e-12 })
    expect(only.sure_levels).toBe(
      level_confidence.filter((value) => value >= (level_confidence[0] ?? 0) - 1e-12).length,
    )
    expect(base.answer(text, vector, { sure: 1.1 }).state).toBe('unknown')
    expect(base.answer(text, vector, { sure: 0 }).state).toBe('leaf')
  })

  it('answers byte for byte the same whatever the order of its references, at once or one by one, with others gone again', () => {
    const expected = answersOf(base)
    fc.assert(
      fc.property(
        fc.shuffledSubarray(references, { minLength: references.length }),
        fc.integer({ min: 1, max: references.length - 1 }),
        (shuffled, first) => {
          expect(answersOf(new RankingBase(fitRanking(shuffled, names), shuffled, names))).toBe(expected)
          const grown = new RankingBase(model, shuffled.slice(0, first), names)
          for (const reference of shuffled.slice(first)) grown.add(reference)
          const passing = { ...(shuffled[0] as (typeof references)[number]), id: 'passing' }
          grown.add(passing)
          grown.add(shuffled[0] as (typeof references)[number])
          grown.remove('passing')
          expect(answersOf(grown)).toBe(expected)
        },
      ),
      { numRuns: 6 },
    )
  })

  it('answers the same text the same the second time', () => {
    expect(answersOf(base)).toBe(answersOf(base))
  })

  it('answers the same after its model was stored and read again', () => {
    expect(answersOf(new RankingBase(deserialize(serialize(model)), references, names))).toBe(answersOf(base))
  })

  it('counts an added reference in the next answer', () => {
    const own = new RankingBase(model, references, names)
    const text = 'nobody has ever described this: zebra quartz umbrella'
    const vector = smallVector('elsewhere', 'elsewhere')
    const path = ['impact', 'wipe', 'disk']
    const shareBefore = own.answer(text, vector).why[0]?.id
    own.add({ id: 'new', text, path, vector, trust: 1 })
    const after = own.answer(text, vector)
    expect(after.path).toEqual(path)
    expect(after.why[0]?.id).toBe('new')
    own.remove('new')
    expect(own.answer(text, vector).why[0]?.id).toBe(shareBefore)
  })

  it('looks only at the candidates it is given', () => {
    const { text, vector } = queries[0] as (typeof queries)[number]
    const among = references.filter(({ path }) => path[0] === 'impact').map(({ id }) => id)
    const answer = base.answer(text, vector, { among })
    for (const { id } of answer.why) expect(among).toContain(id)
  })

  it('finds a reference that carries the label of another branch', () => {
    const wrong = references.map((reference) =>
      reference.id === 'access/phishing/link#4' ? { ...reference, path: ['impact', 'wipe', 'disk'] } : reference,
    )
    const suspicious = new RankingBase(fitRanking(wrong, names), wrong, names)
    const ranked = wrong
      .map(({ id }) => ({ id, ...suspicious.suspicion(id) }))
      .sort((a, b) => (b.amount ?? 0) - (a.amount ?? 0))
    expect(ranked[0]).toMatchObject({ id: 'access/phishing/link#4', instead: ['access', 'phishing', 'link'] })
  })

  it('refuses a label and a vector that it does not know, and says what to do', () => {
    const reference = references[0] as (typeof references)[number]
    expect(() => base.add({ ...reference, id: 'x', path: ['new'] })).toThrow(/fit the base again/)
    expect(() => base.answer('text', new Float32Array(3))).toThrow(/model of the base/)
  })
})

describe('a base with little to learn from', () => {
  it.each([0, 1, 2])('answers with %i references a label', (each) => {
    const few = smallReferences(each)
    const base = new RankingBase(fitRanking(few, names, SMALL_PATHS), few, names)
    const { text, vector } = queries[1] as (typeof queries)[number]
    const answer = base.answer(text, each === 0 ? new Float32Array(0) : vector)
    expect(answer.path).toHaveLength(3)
    expect(answer.confidence).toBeGreaterThanOrEqual(0)
  })
})
