import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { textGrams } from '../ranking/text-features.ts'
import { readGrams, writeGrams } from './gram-file.ts'

const path = join(mkdtempSync(join(tmpdir(), 'secxops-grams-')), 'labels', 'base.grams')
const texts = ['failed login failed', '', '\u52d2\u7d22', "id=1' or '1'='1 --"]
const entries = texts.map((text, i) => [`${i}`.repeat(32), textGrams(text)] as const)

it('gives back what was counted', () => {
  writeGrams(path, entries)
  const read = readGrams(path)
  expect([...read.keys()]).toEqual(entries.map(([id]) => id))
  for (const [id, { characters, words }] of entries) {
    const { characters: readCharacters, words: readWords } = read.get(id) ?? expect.fail('missing')
    expect([...readCharacters.ids, ...readCharacters.counts]).toEqual([...characters.ids, ...characters.counts])
    expect([...readWords.ids, ...readWords.counts]).toEqual([...words.ids, ...words.counts])
  }
})

it('gives nothing where there is no file, a cut one, a longer one, or one counted by other rules', () => {
  writeGrams(path, entries)
  const whole = readFileSync(path)
  expect(readGrams(`${path}.none`).size).toBe(0)
  writeFileSync(path, whole.subarray(0, whole.length - 8))
  expect(readGrams(path).size).toBe(0)
  writeFileSync(path, whole)
  appendFileSync(path, 'eight by')
  expect(readGrams(path).size).toBe(0)
  whole.writeUInt32LE((whole.readUInt32LE(0) ^ 1) >>> 0, 0)
  writeFileSync(path, whole)
  expect(readGrams(path).size).toBe(0)
})
