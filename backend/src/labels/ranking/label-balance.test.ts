import { describe, expect, it } from 'vitest'
import { labelBalance } from './label-balance.ts'
import { Neighbourhood } from './neighbourhood.ts'

const times = (label: string, count: number): string[] => Array.from({ length: count }, () => label)
const others = ['a', 'b', 'c', 'd'].flatMap((label) => times(label, 5))

describe('the balance of labels', () => {
  it('leaves labels alone that have up to eight times the usual number of references', () => {
    expect(labelBalance([])).toEqual(new Map())
    expect(labelBalance([...others, ...times('large', 40)])).toEqual(new Map())
  })

  it('lets far more references weigh as twice the usual number, and begins without a leap', () => {
    expect(labelBalance([...times('large', 400), ...others]).get('large')).toBeCloseTo(10 / 400)
    expect(labelBalance([...others, ...times('large', 2000)]).get('large')).toBeCloseTo(10 / 2000)
    expect(labelBalance([...others, ...times('large', 41)]).get('large')).toBeGreaterThan(0.9)
  })

  it('is felt by references that are only like a text, not by those that are nearly the text', () => {
    const share = (likeness: number, balance?: number): number => {
      const sparse = { ids: new Uint32Array(0), values: new Float32Array(0), unseen: 0 }
      const reference = { id: 'r', leaf: 0, trust: 1, dense: new Float32Array(4), sparse }
      const neighbour = { reference: balance === undefined ? reference : { ...reference, balance }, likeness }
      return new Neighbourhood([neighbour]).speakers().shares[0] as number
    }
    expect(share(0.5, 0.025)).toBeLessThan(share(0.5) / 3)
    expect(share(0.95, 0.025)).toBe(share(0.95))
  })
})
