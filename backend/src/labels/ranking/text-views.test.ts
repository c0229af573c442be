import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelTree, nameWords, nodeGroupings } from './label-tree.ts'
import {
  gramFrequencies,
  inverseFrequencies,
  KERNEL_SHARES,
  sparseDot,
  sparseVector,
  textGrams,
} from './text-features.ts'
import { normalised, textKey, textViews } from './text-views.ts'

describe('text views', () => {
  it('folds compatibility forms and whitespace and cuts long texts without halving a character', () => {
    expect(normalised('  ｆｕｌｌ\n\twidth  ')).toBe('full width')
    expect(normalised('😀'.repeat(400))).toHaveLength(500)
    expect(normalised(`x${'😀'.repeat(400)}`)).toHaveLength(499)
    expect(normalised('a '.repeat(5_000_000))).toHaveLength(500)
  })

  it('is idempotent', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 700 }),
        (text) => normalised(normalised(text)) === normalised(text),
      ),
    )
  })

  it('gives lines of one pattern one key', () => {
    expect(textKey('failed login for 10.0.0.7 port 4711 id 0xDEADbeef')).toBe(
      textKey('failed login for 192.168.13.2 port 22 id 0x7f'),
    )
    expect(textKey('failed login')).not.toBe(textKey('login failed'))
  })

  it('undoes up to three layers of encoding and leaves broken ones alone', () => {
    expect(textViews('a=%2527%2520OR&lt;b&gt;&#39;').plain).toBe("a=' OR<b>'")
    expect(textViews('100% sure %zz &#1114112; &no;').plain).toBe('100% sure %zz &#1114112; &no;')
    expect(textViews('%ff').plain).toBe('\ufffd')
  })
})

describe('text features', () => {
  it('compares a text with itself as fully alike and with a strange one as not at all', () => {
    const texts = ['suspicious powershell download', 'user login failed', '用户登录失败', "id=1' or '1'='1"].map(
      textGrams,
    )
    const idf = inverseFrequencies(gramFrequencies(texts))
    const vectors = texts.map((grams) => sparseVector(grams, idf))
    for (const vector of vectors) expect(sparseDot(vector, vector)).toBeCloseTo(1 - KERNEL_SHARES.dense, 5)
    const strange = sparseVector(textGrams('qqq zzz'), idf)
    expect(strange.unseen).toBeGreaterThan(0)
    for (const vector of vectors) expect(sparseDot(vector, strange)).toBeLessThan(0.05)
  })

  it('survives texts without any gram', () => {
    const idf = inverseFrequencies(gramFrequencies([textGrams('')]))
    const vector = sparseVector(textGrams(''), idf)
    expect(sparseDot(vector, vector)).toBe(0)
  })
})

describe('label trees', () => {
  it('does not depend on the order of the paths and knows which names have several parents', () => {
    const paths = [
      ['linux', 'auth', 'T1110 Brute Force'],
      ['windows', 'auth', 'T1110 Brute Force'],
      ['windows', 'process'],
    ]
    const tree = labelTree(paths)
    expect(labelTree([...paths].reverse())).toEqual(tree)
    expect(tree.groupings.map(({ level, shared, classes }) => [level, shared, classes])).toEqual([
      [0, false, 2],
      [1, false, 3],
      [1, true, 2],
      [2, false, 3],
      [2, true, 2],
    ])
    expect([...(nodeGroupings(tree).at(-1)?.classOf ?? [])]).toEqual([0, 1, 2])
  })

  it('reads the words of a label', () => {
    expect(nameWords('T1003.001 LSASS Memory')).toBe('lsass memory')
    expect(nameWords('920 PROTOCOL-ENFORCEMENT')).toBe('protocol enforcement')
    expect(nameWords('920660')).toBe('920660')
  })
})
