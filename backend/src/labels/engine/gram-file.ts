import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type TextGrams, textGrams } from '../ranking/text-features.ts'

/**
 * The counted grams of a base's references in one file, because counting them is half of what opening a large base takes. It can be
 * thrown away. Layout, all in 32 bits: signature, number of references, then for each its id (4), its character grams and its word
 * grams (1 each); then the buckets of all, then the counts of all as floats.
 */

const ID_WORDS = 4
const HEAD = 2

/** Grams by reference id; empty where there is no file, or one that was counted by other rules. */
export function readGrams(path: string): Map<string, TextGrams> {
  const grams = new Map<string, TextGrams>()
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch {
    return grams
  }
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2)
  const [signature, count = 0] = words
  const from = HEAD + count * (ID_WORDS + 2)
  const total = (words.length - from) / 2
  if (signature !== signatureOfRules() || total < 0 || !Number.isInteger(total)) return grams
  const floats = new Float32Array(words.buffer, words.byteOffset, words.length)
  let at = from
  const next = (length: number): TextGrams['words'] => {
    const counts = { ids: words.subarray(at, at + length), counts: floats.subarray(at + total, at + total + length) }
    at += length
    return counts
  }
  for (let entry = 0, place = HEAD; entry < count; entry++, place += ID_WORDS + 2) {
    const id = bytes.subarray(place * 4, (place + ID_WORDS) * 4).toString('hex')
    const characters = next(words[place + ID_WORDS] as number)
    grams.set(id, { characters, words: next(words[place + ID_WORDS + 1] as number) })
  }
  return at + total === words.length ? grams : new Map()
}

/** Ids are those of references: 32 hexadecimal digits. Replaces the file as a whole. */
export function writeGrams(path: string, grams: readonly (readonly [id: string, grams: TextGrams])[]): void {
  let total = 0
  for (const [, { characters, words }] of grams) total += characters.ids.length + words.ids.length
  const from = HEAD + grams.length * (ID_WORDS + 2)
  const out = new Uint32Array(from + 2 * total)
  const floats = new Float32Array(out.buffer)
  const bytes = Buffer.from(out.buffer)
  out[0] = signatureOfRules()
  out[1] = grams.length
  let place = HEAD
  let at = from
  for (const [id, { characters, words }] of grams) {
    bytes.write(id, place * 4, 'hex')
    out[place + ID_WORDS] = characters.ids.length
    out[place + ID_WORDS + 1] = words.ids.length
    place += ID_WORDS + 2
    for (const { ids, counts } of [characters, words]) {
      out.set(ids, at)
      floats.set(counts, at + total)
      at += ids.length
    }
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const fresh = `${path}.${process.pid}.new`
  try {
    writeFileSync(fresh, bytes, { mode: 0o600 })
    renameSync(fresh, path)
  } finally {
    rmSync(fresh, { force: true })
  }
}

let rules: number | undefined

/** Of the way grams are counted, by what it makes of one text with all that is treated apart. */
function signatureOfRules(): number {
  if (rules === undefined) {
    const { characters, words } = textGrams(
      'GET /a%2527b.php?id=0x1F&amp;q=deadbeef42 \u52d2\u7d22 Caf\u00e9 T1003.001 12:34 _x-y_',
    )
    const hash = createHash('sha256')
    for (const { ids, counts } of [characters, words]) hash.update(ids).update(counts)
    rules = hash.digest().readUInt32LE(0)
  }
  return rules
}
