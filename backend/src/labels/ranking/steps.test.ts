import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitSteps, type Outcome, stepProbability } from './steps.ts'

/** `count` outcomes around a score, of which every `every`-th is wrong. */
function around(score: number, count: number, every: number, known = true): Outcome[] {
  return Array.from({ length: count }, (_, i) => ({ score: score + i / count / 10, right: i % every !== 0, known }))
}

describe('confidence in steps', () => {
  it('gives every score the share that was right of the outcomes about it', () => {
    const steps = fitSteps([...around(3, 400, 20), ...around(0, 400, 2), ...around(-3, 400, 1)])
    expect(stepProbability(steps, 3.05)).toBeGreaterThan(0.92)
    expect(stepProbability(steps, 0.05)).toBeCloseTo(0.5, 1)
    expect(stepProbability(steps, -9)).toBeLessThan(0.06)
  })

  it('never falls with the score, and is never certain', () => {
    const outcome = fc.record({
      score: fc.double({ min: -9, max: 9, noNaN: true }),
      right: fc.boolean(),
      known: fc.boolean(),
    })
    const outcomes = fc.array(outcome, { maxLength: 300 })
    fc.assert(
      fc.property(
        outcomes,
        fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 2 }),
        (learnt, asked) => {
          const steps = fitSteps(learnt)
          const got = asked.toSorted((a, b) => a - b).map((score) => stepProbability(steps, score))
          expect(got).toEqual(got.toSorted((a, b) => a - b))
          for (const probability of got) {
            expect(probability).toBeGreaterThan(0)
            expect(probability).toBeLessThan(1)
          }
        },
      ),
    )
  })

  it('is not sure where unknown labels have the same scores, or where the answers were too few', () => {
    const most = [...around(3, 400, 25), ...around(0, 400, 2)]
    expect(stepProbability(fitSteps(most), 3.05)).toBeGreaterThan(0.9)
    const others = around(3, 400, 1, false)
    const likely = stepProbability(fitSteps([...most, ...others]), 3.05)
    expect(likely).toBeGreaterThan(0.89)
    expect(likely).toBeLessThan(0.9)
    expect(stepProbability(fitSteps([...around(3, 60, 12), ...around(0, 400, 2)]), 3.05)).toBeLessThan(0.9)
  })

  it('is coarse where few outcomes are known, and still keeps their order', () => {
    const few = fitSteps(around(0, 60, 3))
    expect(few.probabilities).toHaveLength(1)
    expect(stepProbability(few, 1)).toBeGreaterThan(stepProbability(few, 0))
    expect(fitSteps(around(0, 4000, 3)).probabilities.length).toBeGreaterThan(0)
  })
})
