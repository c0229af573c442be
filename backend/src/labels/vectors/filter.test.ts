import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AllowedValues, filterOf } from './filter.ts'

const HOSTILE = [
  '"] or true or category in ["',
  '\\',
  '\\"',
  "'",
  '\n',
  '\u2028',
  '\u202e',
  '\0',
  'a" , "b',
  '{x}',
  '$meta',
  '\ud800',
]
const name = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .array(fc.constantFrom('"', '\\', ']', ' or ', 'n', '\n', '\r', '\t'), { maxLength: 8 })
    .map((parts) => parts.join('')),
)
const rowsAndFilter = fc.record({
  rows: fc.array(fc.tuple(name, name), { maxLength: 8 }),
  category: fc.array(name, { minLength: 1, maxLength: 3 }),
  subcategory: fc.array(name, { minLength: 1, maxLength: 3 }),
})

/** Reads `field in ["…", …] and …` by the rules of Milvus' grammar and nothing else; throws for every other text. */
function evaluate(filter: string, row: Record<string, string>): boolean {
  let rest = filter
  const take = (pattern: RegExp): string => {
    const found = pattern.exec(rest)
    if (!found) throw new Error(`unexpected: ${rest}`)
    rest = rest.slice(found[0].length)
    return found[1] ?? found[0]
  }
  let right = true
  for (;;) {
    const value = row[take(/^(\w+) in \[/)]
    const values: string[] = []
    do values.push(unescaped(take(/^"((?:[^"\\\r\n]|\\["'\\nrt])*)"/)))
    while (rest.startsWith(',') && take(/^, /))
    take(/^\]/)
    right &&= values.includes(String(value))
    if (rest === '') return right
    take(/^ and /)
  }
}

const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, character: string) => ({ n: '\n', r: '\r', t: '\t' })[character] ?? character)

describe('a filter of Milvus', () => {
  it('lets through exactly the rows that have one of the values in each field, whatever the names are', () => {
    fc.assert(
      fc.property(rowsAndFilter, ({ rows, category, subcategory }) => {
        const allowed: AllowedValues[] = [
          { field: 'category', values: category },
          { field: 'subcategory', values: subcategory },
        ]
        const filter = filterOf(allowed, false)?.filter ?? ''
        const stored = (value: string): string => value.toWellFormed()
        for (const [first, second] of [...rows, [category[0], subcategory[0]] as [string, string]]) {
          const row = { category: stored(first), subcategory: stored(second) }
          const right = category.map(stored).includes(row.category) && subcategory.map(stored).includes(row.subcategory)
          expect(evaluate(filter, row)).toBe(right)
        }
      }),
    )
  })

  it('has no value in its expression where the server takes them beside it', () => {
    const made = filterOf([{ field: 'category', values: HOSTILE }], true)
    expect(made?.filter).toBe('category in {category_values}')
    expect(made?.exprValues?.category_values).toEqual(HOSTILE.map((value) => value.toWellFormed()))
  })

  it('is none without a limit', () => {
    expect(filterOf([], false)).toBeUndefined()
  })
})
