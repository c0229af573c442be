import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrated, fitCalibration } from './calibration.ts'
import type { Outcome } from './outcome.ts'

/** `count` outcomes around a score, of which every `every`-th is wrong. */
function around(score: number, count: number, every: number, known = true): Outcome[] {
  return Array.from({ length: count }, (_, i) => ({ score: score + i / count / 20, right: i % every !== 0, known }))
}

const probabilityOf = (outcomes: readonly Outcome[], score: number): number =>
  calibrated(fitCalibration(outcomes), score)

describe('a calibration', () => {
  it('gives every score the share that was right of the many outcomes about it', () => {
    const outcomes = [...around(-0.1, 400, 20), ...around(-1, 400, 2), ...around(-4, 400, 1)]
    expect(probabilityOf(outcomes, -0.08)).toBeGreaterThan(0.92)
    expect(probabilityOf(outcomes, -0.98)).toBeCloseTo(0.5, 1)
    expect(probabilityOf(outcomes, -9)).toBeLessThan(0.06)
  })

  it('never falls with the score, and is never certain', () => {
    const outcome = fc.record({
      score: fc.double({ min: -20, max: 0, noNaN: true }),
      right: fc.boolean(),
      known: fc.boolean(),
    })
    const scores = fc.array(fc.double({ min: -40, max: 0, noNaN: true }), { minLength: 2 })
    fc.assert(
      fc.property(
        fc.array(outcome, { maxLength: 300 }),
        fc.integer({ min: 1, max: 6 }),
        scores,
        (some, times, asked) => {
          const learnt = Array.from({ length: times }, () => some).flat()
          const calibration = fitCalibration(learnt)
          const got = asked.toSorted((a, b) => a - b).map((score) => calibrated(calibration, score))
          got.forEach((probability, i) => {
            expect(probability).toBeGreaterThanOrEqual((got[i - 1] ?? 0) - 1e-12)
            expect(probability).toBeGreaterThan(-0.002)
            expect(probability).toBeLessThan(1)
          })
        },
      ),
    )
  })

  it('is not sure where unknown labels have the same scores, or where the answers were too few', () => {
    const most = [...around(-0.1, 400, 25), ...around(-1, 400, 2)]
    expect(probabilityOf(most, -0.08)).toBeGreaterThan(0.9)
    const likely = probabilityOf([...most, ...around(-0.1, 400, 1, false)], -0.08)
    expect(likely).toBeGreaterThan(0.89)
    expect(likely).toBeLessThan(0.9)
    expect(probabilityOf([...around(-0.1, 60, 12), ...around(-1, 600, 2)], -0.08)).toBeLessThan(0.9)
  })

  it('tells plain texts from foreign ones already with sixty references', () => {
    const known = [...around(-0.1, 40, 40), ...around(-1.5, 20, 3)]
    const outcomes = [...known, ...around(-3, 60, 1, false)]
    expect(probabilityOf(outcomes, -0.05)).toBeGreaterThan(0.9)
    expect(probabilityOf(outcomes, -1.5)).toBeLessThan(0.85)
    expect(probabilityOf(outcomes, -5)).toBeLessThan(0.5)
  })

  it('is no surer than a few references allow, and not sure where unknown labels look like known ones', () => {
    expect(
      probabilityOf(
        around(-0.7, 6, 7).map((outcome) => ({ ...outcome, right: true })),
        -0.7,
      ),
    ).toBeLessThan(0.9)
    const plain = around(-0.1, 60, 60)
    expect(probabilityOf(plain, -0.1)).toBeGreaterThan(0.9)
    expect(probabilityOf([...plain, ...around(-0.1, 60, 1, false)], -0.1)).toBeLessThan(0.9)
  })

  it('goes over from the curve into steps with more references, without a leap', () => {
    const outcomes = (count: number): Outcome[] => [...around(-0.1, count, 30), ...around(-1.5, count, 3)]
    const of = [90, 100, 110, 200, 290, 300, 310].map((count) => probabilityOf(outcomes(count), -1.5))
    for (const at of [1, 2, 5, 6]) expect(Math.abs((of[at] as number) - (of[at - 1] as number))).toBeLessThan(0.04)
  })

  it('keeps the order of the scores inside a step', () => {
    const one = fitCalibration(around(-1, 700, 2))
    expect(one.steps.probabilities.length).toBeLessThan(4)
    expect(calibrated(one, -0.97)).toBeGreaterThan(calibrated(one, -0.98))
  })
})
