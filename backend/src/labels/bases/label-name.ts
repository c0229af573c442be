import { SecxopsError } from '@secxops/protocol/errors'

/** Characters of a name, as the protocol's `LabelPath` has it. */
const LONGEST = 400
/** Levels of a tree, as the protocol's `LabelPath` has it. */
export const DEEPEST = 16

const CONTROL = /[\p{Cc}\u2028\u2029]/u
/** Characters that are not seen but change what is: direction marks, zero widths, soft hyphens. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu

/** A label's name as it is stored: composed (NFC), white space collapsed, no control characters. Throws bad-name, in words. */
export function labelName(raw: string): string {
  const fault = nameFault(raw)
  if (fault) throw new SecxopsError({ code: 'bad-name', message: `${shown(raw)} cannot be a label: ${fault}.` })
  return tidied(raw)
}

/** Why a text cannot be a label; undefined when it can. */
export function nameFault(raw: string): string | undefined {
  const name = tidied(raw)
  if (nameKey(name) === '') return 'it has no visible character'
  if (CONTROL.test(name)) return 'it has a control character'
  if (name.length > LONGEST) return `it has ${name.length} characters; ${LONGEST} at most`
  return undefined
}

/** Why names cannot be a path of labels; undefined when they can. */
export function pathFault(path: readonly string[]): string | undefined {
  if (path.length === 0) return 'it has no name'
  if (path.length > DEEPEST) return `it has ${path.length} levels; ${DEEPEST} at most`
  for (const name of path) {
    const fault = nameFault(name)
    if (fault) return path.length > 1 ? `${fault} (${shown(name)})` : fault
  }
  return undefined
}

/** What two names that differ only in form (composition, width, unseen characters) share. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').replace(UNSEEN, '').trim()
}

/** The unseen characters of a name, as `U+202E`; empty for almost every name. */
export function unseenIn(name: string): string[] {
  return [...new Set(name.match(UNSEEN))].map(
    (c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
}

/** A text inside a message: quoted, unseen and control characters escaped, cut. */
export function shown(text: string): string {
  const plain = text
    .slice(0, 80)
    .replace(
      /[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu,
      (c) => `<U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
    )
  return `"${plain}${text.length > 80 ? '…' : ''}"`
}

/** A path inside a message or title. */
export function shownPath(path: readonly string[]): string {
  return path.map((name) => shown(name).slice(1, -1)).join(' › ')
}

function tidied(raw: string): string {
  return raw
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\s\u0085]+/gu, ' ')
    .trim()
}
