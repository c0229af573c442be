import { createHash } from 'node:crypto'
import type { LabelTree } from './label-tree.ts'
import type { IndexedReference } from './reference-index.ts'
import { normalised } from './text-views.ts'

/** A word that begins fewer texts is no subject; one in more than this share of all texts neither. */
const SUBJECT_LEAST = 3
const SUBJECT_SHARE = 0.05
/** Texts that share a subject may have the same label this many times as often as chance has it. */
const AGREEMENT_MOST = 2

/** Texts that must not answer for each other while learning, by the smallest id of the group. */
export class TextGroups {
  readonly #parent = new Map<string, string>()

  join(a: string, b: string): void {
    const left = this.find(a)
    const right = this.find(b)
    if (left !== right) this.#parent.set(left < right ? right : left, left < right ? left : right)
  }

  copy(): TextGroups {
    const groups = new TextGroups()
    for (const [id, parent] of this.#parent) groups.#parent.set(id, parent)
    return groups
  }

  find(id: string): string {
    let at = id
    for (let up = this.#parent.get(at); up !== undefined; up = this.#parent.get(at)) at = up
    return at
  }
}

/** A number in [0, 2³²) that depends on the id alone. */
export function idHash(id: string): number {
  return createHash('sha256').update(id).digest().readUInt32BE(0)
}

/**
 * Texts about one subject, such as one malware in its report: they begin with the same rare word and yet their labels agree no
 * more than chance. Each set has the ids of such texts. New texts rarely come from a report that is among the references, so
 * learning from answers that its other sentences gave would teach too little trust.
 */
export function sameSubject(references: readonly (IndexedReference & { text: string })[], tree: LabelTree): string[][] {
  const byWord = new Map<string, IndexedReference[]>()
  for (const reference of references) {
    const word = normalised(reference.text).toLowerCase().split(' ')[0] ?? ''
    const texts = byWord.get(word)
    if (texts) texts.push(reference)
    else byWord.set(word, [reference])
  }
  const chance = agreement(references, tree.leaves.length)
  return [...byWord.values()]
    .filter((texts) => texts.length >= SUBJECT_LEAST && texts.length <= references.length * SUBJECT_SHARE)
    .filter((texts) => agreement(texts, tree.leaves.length) <= AGREEMENT_MOST * chance)
    .map((texts) => texts.map(({ id }) => id))
}

/** Share of the pairs that have the same leaf. */
function agreement(references: readonly IndexedReference[], leaves: number): number {
  const counts = new Float64Array(leaves)
  for (const { leaf } of references) counts[leaf] = (counts[leaf] as number) + 1
  const pairs = (n: number): number => (n * (n - 1)) / 2
  return counts.reduce((sum, count) => sum + pairs(count), 0) / Math.max(1, pairs(references.length))
}
