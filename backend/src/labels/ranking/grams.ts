/** Hashed features: characters take the lower half of the buckets, words the upper. */
const HALF = 1 << 20
export const GRAM_BUCKETS = HALF * 2

const CHARACTERS_MIN = 2
const CHARACTERS_MAX = 5
/** A Han character, a word of any other script, or one punctuation mark: requests differ by their punctuation. */
const TOKEN = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}_])+|\S/gu

/** Whether a bucket holds words, not characters. */
export function isWordBucket(id: number): boolean {
  return id >= HALF
}

/** How often each bucket occurs: ascending ids without repeats. */
export interface GramCounts {
  ids: Uint32Array
  counts: Float32Array
}

/** Character 2-5-grams inside words, a word being padded with one space on both sides. Case is folded. */
export function characterGrams(text: string): GramCounts {
  const folded = text.toLowerCase()
  // Every character and, where words are short, every space starts grams of four lengths.
  const hashes = new Uint32Array(2 * (CHARACTERS_MAX - CHARACTERS_MIN + 1) * (folded.length + 1))
  let used = 0
  for (const word of folded.split(' ')) {
    if (word === '') continue
    const padded = ` ${word} `
    for (let start = 0; start < padded.length - 1; start++) {
      let hash = SEED
      const end = Math.min(padded.length, start + CHARACTERS_MAX)
      for (let at = start; at < end; at++) {
        hash = step(hash, padded.charCodeAt(at))
        if (at - start + 1 >= CHARACTERS_MIN) hashes[used++] = bucket(hash)
      }
    }
  }
  return counted(hashes.subarray(0, used))
}

/** Tokens and pairs of neighbouring tokens. Case is folded. */
export function wordGrams(text: string): GramCounts {
  const hashes: number[] = []
  let before = 0
  for (const token of text.toLowerCase().match(TOKEN) ?? []) {
    let hash = SEED
    for (let at = 0; at < token.length; at++) hash = step(hash, token.charCodeAt(at))
    hashes.push(HALF + bucket(hash))
    if (before !== 0) hashes.push(HALF + bucket(step(Math.imul(before, 31), hash)))
    before = hash
  }
  return counted(Uint32Array.from(hashes))
}

const SEED = 0x811c9dc5

function step(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193)
}

function bucket(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((mixed ^ (mixed >>> 12)) >>> 0) & (HALF - 1)
}

/** Sorts `sorted` in place. */
function counted(sorted: Uint32Array): GramCounts {
  sorted.sort()
  const ids = new Uint32Array(sorted.length)
  const counts = new Float32Array(sorted.length)
  let used = 0
  for (const id of sorted) {
    if (used > 0 && ids[used - 1] === id) counts[used - 1] = (counts[used - 1] as number) + 1
    else {
      ids[used] = id
      counts[used++] = 1
    }
  }
  return { ids: ids.slice(0, used), counts: counts.slice(0, used) }
}
