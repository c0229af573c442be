/** Damerau-Levenshtein distance (adjacent swaps count once), given up beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1)
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? limit + 1
}

/** The candidate that `word` was probably meant to be, if one is near enough to be worth naming. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const text = word.slice(0, 100).toLowerCase()
  const limit = Math.max(1, Math.floor(text.length / 3))
  let best: string | undefined
  let least = limit + 1
  for (const candidate of candidates) {
    const other = candidate.slice(0, 100).toLowerCase()
    const d = distance(text, other, limit)
    if (d < least) {
      least = d
      best = candidate
    }
  }
  return best
}

/** ` Did you mean "x"?`, or nothing: to put behind a sentence. */
export function suggestion(word: string, candidates: Iterable<string>): string {
  const best = didYouMean(word, candidates)
  return best === undefined ? '' : ` Did you mean "${best}"?`
}

/**
 * The word that a message offers in place of a wrong one; undefined where it offers none, or one that cannot just be put in place.
 */
export function suggestedWord(message: string): string | undefined {
  const [, quoted, plain] = / Did you mean (?:"(.+?)"|\$?(\w[\w.-]*))\?(?! Write \$)/.exec(message) ?? []
  return quoted ?? plain
}
