import { createHash } from 'node:crypto'

/** Characters of a text that are looked at; what follows has no influence on an answer. */
const TEXT_CUT = 500

/** The views of one text that features are made from. */
export interface TextViews {
  /** What is embedded: compatibility forms folded, whitespace collapsed, cut. */
  text: string
  /** For requests decoded, else `text`. */
  plain: string
  /** `plain` with numbers and hexadecimal runs masked. */
  masked: string
}

export function textViews(raw: string): TextViews {
  const text = normalised(raw)
  const plain = decoded(text)
  return { text, plain, masked: masked(plain) }
}

/** The text as it is embedded. Cuts between code points, so that no half of a surrogate pair is left. */
export function normalised(raw: string): string {
  // A far longer prefix than the cut is enough: a 10 MB text costs no more than a short one.
  const folded = raw
    .slice(0, TEXT_CUT * 8)
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim()
  if (folded.length <= TEXT_CUT) return folded
  const cut = folded.slice(0, TEXT_CUT)
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut
}

/** Numbers and addresses replaced: two lines of one log pattern become equal. */
export function masked(text: string): string {
  return text
    .replace(/0x[0-9a-f]+/gi, 'H')
    .replace(/\b(?=[0-9a-f]*[0-9])[0-9a-f]{6,}\b/gi, 'H')
    .replace(/[0-9]+/g, '0')
}

/** Texts with the same key get the same answer and are embedded once. 128 bits as hexadecimal. */
export function textKey(raw: string): string {
  return createHash('sha256')
    .update(masked(normalised(raw)))
    .digest('hex')
    .slice(0, 32)
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Percent encoding (up to three layers) and HTML entities undone; bytes that are no UTF-8 stay as they are. */
function decoded(text: string): string {
  let plain = text
  for (let layer = 0; layer < 3 && /%[0-9a-f]{2}/i.test(plain); layer++) {
    plain = plain.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      const bytes = Uint8Array.from(run.slice(1).split('%'), (pair) => Number.parseInt(pair, 16))
      return new TextDecoder().decode(bytes)
    })
  }
  return plain.replace(/&(?:#(x?)([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (entity, hex, digits, name) => {
    if (name) return ENTITIES[name.toLowerCase()] ?? entity
    const point = Number.parseInt(digits, hex ? 16 : 10)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : entity
  })
}
