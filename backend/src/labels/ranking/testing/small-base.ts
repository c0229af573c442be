import type { Reference } from '../reference.ts'
import { idHash } from '../text-groups.ts'

const DIMENSION = 16
const WORDS: Record<string, string[]> = {
  'access/password/spraying': ['spray', 'many accounts', 'common password', 'lockout'],
  'access/password/guessing': ['guess', 'single account', 'dictionary', 'attempts'],
  'access/phishing/link': ['mail', 'link', 'click', 'landing page'],
  'access/phishing/attachment': ['mail', 'attachment', 'macro', 'document'],
  'impact/encryption/ransom': ['encrypt', 'ransom note', 'files', 'extension'],
  'impact/wipe/disk': ['wipe', 'disk', 'boot record', 'overwrite'],
}

/** Labels of the small base. */
export const SMALL_PATHS = Object.keys(WORDS).map((key) => key.split('/'))

/** Made-up references, `each` per label: texts from the label's words, vectors near the label's direction. The same on every call. */
export function smallReferences(each: number): Reference[] {
  return Object.keys(WORDS).flatMap((key) =>
    Array.from({ length: each }, (_, i) => {
      const id = `${key}#${i}`
      return { id, text: smallText(key, i), path: key.split('/'), vector: smallVector(key, id), trust: 1 }
    }),
  )
}

/** A text of a label; texts with different numbers differ. */
export function smallText(key: string, number: number): string {
  const words = WORDS[key] ?? []
  const host = `host${idHash(`${key}${number}`) % 97}`
  const pick = (at: number): string => words[(number + at) % words.length] ?? ''
  return `${host} saw ${pick(0)} and ${pick(1)} then ${pick(idHash(`${number}`) % 3)}`
}

/** A direction of the label's own, a weaker one of its branch, and noise that depends on `id` alone. */
export function smallVector(key: string, id: string): Float32Array {
  const branch = key.split('/')[0] ?? ''
  return Float32Array.from(
    { length: DIMENSION },
    (_, i) => noise(`${key}:${i}`) + 0.5 * noise(`${branch}:${i}`) + 0.4 * noise(`${id}:${i}`),
  )
}

/** Vectors for the names of all labels of the small base. */
export function smallNames(): Map<string, Float32Array> {
  return new Map(SMALL_PATHS.flatMap((path) => path.map((name) => [name, smallVector(name, name)] as const)))
}

function noise(seed: string): number {
  return idHash(seed) / 2 ** 31 - 1
}
