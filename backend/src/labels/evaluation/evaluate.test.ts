import { describe, expect, it } from 'vitest'
import { type EvaluatedRow, evaluate } from './evaluate.ts'

/** gold, answer, confidence, confidence a level; "out": no reference has that label; "abstains". */
const ROWS = `
a/b/d g/h/j 0.9 0.94,0.92,0.9
a/e/f a/e/f 0.15 0.19,0.17,0.15
g/h/j a/b/c 0.95 0.99,0.97,0.95
g/h/i a 0.9 0.94,0.92,0.9 abstains
a/b/d g/h/i 0.62 0.66,0.64,0.62
a/b/z g/h/i 0.7 0.74,0.72,0.7 out
a/b/d a/b/d 0.9 0.94,0.92,0.9
g/h/j g/h/i 0.95 0.99,0.97,0.95
a/b/c a/b/d 0.95 0.99,0.97,0.95
a/e/f a/e/f 0.7 0.74,0.72,0.7
g/h/j g 0.62 0.66,0.64,0.62 abstains
q/h/z g/h/i 0.15 0.19,0.17,0.15 out
g/h/j g/h/j 0.7 0.74,0.72,0.7
a/b/c a/b/c 0.7 0.74,0.72,0.7
a/b/d a/e/f 0.7 0.74,0.72,0.7
a/e/f g/h/i 0.62 0.66,0.64,0.62
g/h/i g/h/i 0.4 0.44,0.42,0.4
a/b/z a 0.4 0.44,0.42,0.4 out abstains
a/b/d a/e/f 0.95 0.99,0.97,0.95
a/e/f g/h/j 0.15 0.19,0.17,0.15
a/b/d a/e/f 0.4 0.44,0.42,0.4
g/h/j a/b/c 0.15 0.19,0.17,0.15
a/b/d a/b/d 0.7 0.74,0.72,0.7
q/h/z a/b/c 0.7 0.74,0.72,0.7 out`

function parsed(): EvaluatedRow[] {
  return ROWS.trim()
    .split('\n')
    .map((line) => {
      const [gold = '', path = '', confidence = '', levels = '', ...marks] = line.split(' ')
      return {
        gold: gold.split('/'),
        path: path.split('/'),
        confidence: Number(confidence),
        levelConfidence: levels.split(',').map(Number),
        outOfTaxonomy: marks.includes('out'),
        abstained: marks.includes('abstains'),
      }
    })
}

/** What the published scorer of the label sets prints for these rows. */
const PUBLISHED: Record<string, number> = {
  n_in: 20,
  n_oot: 4,
  acc_l1: 0.65,
  acc_l2: 0.45,
  acc_l3: 0.35,
  full: 0.35,
  hF1: 0.5,
  macro_full: 0.39714285714285713,
  ece: 0.4305,
  brier: 0.42653500000000016,
  aurc: 0.7601239772797437,
  aurc_floor: 0.29829111999971136,
  'sel@80': 0.34375,
  'sel@50': 0.34,
  'cov@95': 0.0,
  auroc_err: 0.41208791208791207,
  ece_l1: 0.33049999999999996,
  ece_l2: 0.3305,
  ece_l3: 0.4305,
  auroc_oot: 0.66875,
  fpr95_oot: 1.0,
  'open_sel@80': 0.29824561403508765,
  ece_open: 0.36916666666666664,
  oot_abstained: 0.25,
  oot_ancestor: 0.25,
  in_abstained: 0.1,
  'overconf@90': 0.8571428571428572,
  'n_conf@90': 7,
}

describe('the evaluation of answers', () => {
  it('has the figures of the published scorer', () => {
    const { metrics } = evaluate(parsed())
    for (const [name, value] of Object.entries(PUBLISHED)) expect(metrics[name], name).toBeCloseTo(value, 12)
  })

  it('draws reliability and risk against coverage from the rows in the taxonomy', () => {
    const { reliability, riskCoverage, metrics } = evaluate(parsed())
    expect(reliability.reduce((sum, bin) => sum + bin.count, 0)).toBe(20)
    expect(reliability[9]).toMatchObject({ count: 3, right: 0 })
    expect(reliability[9]?.confidence).toBeCloseTo(0.62)
    expect(riskCoverage).toHaveLength(20)
    expect(riskCoverage.at(-1)).toEqual({ coverage: 1, risk: 1 - (metrics.full ?? 0) })
    // The four surest are all wrong: ties have their mean.
    expect(riskCoverage[3]?.risk).toBe(1)
  })

  it('has the share of right labels among the first five where all rows have alternatives', () => {
    const row = { gold: ['a', 'b'], path: ['x', 'y'], confidence: 0.5, outOfTaxonomy: false }
    const others = ['c', 'd', 'e', 'f'].map((name) => [name])
    const listed = { ...row, alternatives: [...others, row.gold] }
    const sixth = { ...row, alternatives: [...others, ['g'], row.gold] }
    expect(evaluate([listed, sixth]).metrics.first5).toBe(0.5)
    expect(evaluate(parsed()).metrics).not.toHaveProperty('first5')
  })

  it('has no figures of unknown labels where all are known, and refuses rows that are all unknown', () => {
    const known = parsed().filter((row) => !row.outOfTaxonomy)
    expect(evaluate(known).metrics).not.toHaveProperty('auroc_oot')
    expect(() => evaluate(parsed().filter((row) => row.outOfTaxonomy))).toThrow(/in the taxonomy/)
  })
})
