import { describe, expect, it } from 'vitest'
import { type ClassicHit, type ClassicSearch, classicAnswer, classicRow, classicVotes } from './classic.ts'

/** A fixed base: similarity to the one text that is asked, stored confidence, path. */
const ROWS: ClassicHit[] = [
  hit(0.95, 0.6, 'net', 'scan', 'port', 'tcp'),
  hit(0.93, 1.0, 'net', 'scan', 'port', 'udp'),
  hit(0.91, 0.9, 'net', 'flood', 'syn', 'one'),
  hit(0.9, 0.8, 'web', 'xss', 'stored', 'form'),
  hit(0.88, 1.0, 'web', 'sqli', 'blind', 'time'),
  hit(0.85, 0.7, 'host', 'login', 'fail', 'ssh'),
  hit(0.8, 0.9, 'net', 'scan', 'host', 'ping'),
  hit(0.7, 1.0, 'host', 'file', 'change', 'etc'),
]

function hit(similarity: number, confidence: number, ...path: string[]): ClassicHit {
  return { similarity, confidence, path }
}

function memory(rows: readonly ClassicHit[], asked: unknown[] = []): ClassicSearch {
  return async (filter, count) => {
    asked.push(filter.map((values) => [...values]))
    return rows
      .filter(({ path }) => filter.every((values, level) => values.includes(path[level] ?? '')))
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, count)
  }
}

describe('the classic strategy', () => {
  it('weighs a vote by the stored confidence between the least and the most of the hits', () => {
    const votes = classicVotes(ROWS.slice(0, 5), 0)
    // (0.6, 1, 0.9, 0.8, 1) → (0, 1, 0.75, 0.5, 1)
    expect(votes.map(({ value }) => value)).toEqual(['net', 'web'])
    expect(votes[0]?.weight).toBeCloseTo(1.75)
    expect(votes[1]?.weight).toBeCloseTo(1.5)
  })

  it('counts every hit as one when all confidences are equal', () => {
    const equal = ROWS.map((row) => ({ ...row, confidence: 0.4 }))
    expect(classicVotes(equal, 0)).toEqual([
      { value: 'net', weight: 4 },
      { value: 'web', weight: 2 },
      { value: 'host', weight: 2 },
    ])
  })

  it('goes through four rounds, each filtered by the two best values of the rounds before it', async () => {
    const asked: unknown[] = []
    const answer = await classicAnswer(memory(ROWS, asked), 4, 5)
    expect(asked).toEqual([
      [],
      [['net', 'web']],
      [
        ['net', 'web'],
        ['scan', 'sqli'],
      ],
      [
        ['net', 'web'],
        ['scan', 'sqli'],
        ['port', 'blind'],
      ],
    ])
    expect(answer?.rounds.map(({ kept }) => kept)).toEqual([
      ['net', 'web'],
      ['scan', 'sqli'],
      ['port', 'blind'],
      ['udp', 'time'],
    ])
  })

  it('takes all labels from the top hit of what is kept, with confidence similarity × stored confidence', async () => {
    const answer = await classicAnswer(memory(ROWS), 4, 5)
    expect(answer?.path).toEqual(['net', 'scan', 'port', 'udp'])
    expect(answer?.confidence).toBeCloseTo(0.93)
  })

  it('answers a text otherwise after its own answer was stored: the fault that keeps self-learning off by default', async () => {
    const before = await classicAnswer(memory(ROWS.slice(2, 5)), 4)
    const text = 'the text'
    const row = classicRow(text, before as NonNullable<typeof before>)
    expect(row).toEqual({ text, path: before?.path, confidence: before?.confidence })
    const after = await classicAnswer(memory([...ROWS.slice(2, 5), { ...row, similarity: 1 }]), 4)
    expect(after?.rounds[0]?.votes).not.toEqual(before?.rounds[0]?.votes)
  })

  it('has no answer where the base is empty', async () => {
    expect(await classicAnswer(memory([]), 4)).toBeUndefined()
  })
})
