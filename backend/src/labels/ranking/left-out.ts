import { type LabelSpace, type LeafEvidence, leafEvidence, prototypeGroupings } from './leaf-evidence.ts'
import { Neighbourhood, type Speakers } from './neighbourhood.ts'
import { insideMetric, Prototypes } from './prototypes.ts'
import { byId } from './reference.ts'
import { type IndexedReference, ReferenceIndex } from './reference-index.ts'
import type { TextPoint } from './statistics.ts'
import {
  type GramFrequencies,
  inverseFrequencies,
  inverseFrequencyTable,
  sparseVector,
  type TextGrams,
} from './text-features.ts'
import { idHash, sameSubject, TextGroups } from './text-groups.ts'

/** References that speak for one text at most. */
export const NEIGHBOURS = 128
/** From this likeness on two references count as the same text. */
const DUPLICATE = 0.9
/** References that are answered at most. */
const SAMPLE = 1500
const FOLDS = 10

/** A reference with all that is needed to make its point anew. */
export interface CountedReference extends IndexedReference {
  text: string
  grams: TextGrams
}

/** What is known of a reference when something is taken out of the base. */
export interface LeftOutAnswer {
  reference: IndexedReference
  point: TextPoint
  speakers: Speakers
  evidence: LeafEvidence
  /** Whether its leaf was left in. */
  known: boolean
  /** The same for references that speak of the same; see {@link TextGroups}. */
  group: string
}

/**
 * Answers to references exactly as if they were new texts: what is taken out counts nowhere, neither among the neighbours nor in
 * the prototypes nor in the word statistics. (The mean embedding stays; the metric is learnt without a tenth of the references.)
 *
 * Each is answered twice. Once as a text of a known label: without what is nearly the same text or about the same subject. Once as
 * a text of an unknown label: without all references of that leaf name. What is about the same subject is then left in for one
 * half of them: texts of new labels speak of old subjects too, and to know the subject must not pass for knowing the label.
 */
export function leftOutAnswers(
  references: readonly CountedReference[],
  labels: Pick<LabelSpace, 'tree' | 'names'>,
  frequencies: GramFrequencies,
  dimension: number,
): LeftOutAnswer[] {
  const { tree } = labels
  const index = new ReferenceIndex(references, dimension)
  const sample = spreadSample(references)
  const alike = new TextGroups()
  for (const reference of sample)
    for (const { reference: other, likeness } of index.nearest(reference, NEIGHBOURS))
      if (likeness >= DUPLICATE) alike.join(reference.id, other.id)
  const related = alike.copy()
  for (const ids of sameSubject(references, tree)) for (const id of ids) related.join(ids[0] as string, id)

  const alikeTo = members(references, ({ id }) => alike.find(id))
  const relatedTo = members(references, ({ id }) => related.find(id))
  const leafName = tree.nameAt.at(-1) as Int32Array
  const ofName = members(references, ({ leaf }) => String(leafName[leaf]))
  const foldOf = ({ id }: IndexedReference): number => idHash(related.find(id)) % FOLDS
  const words: WordStatistics = {
    seen: frequencies.seen.slice(),
    idf: inverseFrequencies(frequencies),
    table: inverseFrequencyTable(frequencies.total),
  }
  const answers: LeftOutAnswer[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const metric = insideMetric(
      references.filter((row) => foldOf(row) !== fold),
      dimension,
    )
    const prototypes = prototypeGroupings(tree).map(
      ({ classOf, classes }) => new Prototypes(classOf, classes, metric, dimension, references),
    )
    const base = new LeftOutBase(index, { ...labels, prototypes }, words)
    const own = sample.filter((reference) => foldOf(reference) === fold)
    for (const group of members(own, ({ id }) => related.find(id)).values())
      base.without(relatedTo.get(related.find((group[0] as CountedReference).id)) ?? [], () => {
        for (const reference of group)
          if (base.knowsLeaf(reference.leaf))
            answers.push({ ...base.answer(reference, new Set()), known: true, group: related.find(reference.id) })
      })
    for (const group of members(own, ({ leaf }) => String(leafName[leaf])).values()) {
      const name = leafName[(group[0] as CountedReference).leaf] as number
      const absent = new Set([...tree.leaves.keys()].filter((leaf) => leafName[leaf] === name))
      if (absent.size === tree.leaves.length) continue
      base.without(ofName.get(String(name)) ?? [], () => {
        for (const reference of group) {
          const { id } = reference
          const near = idHash(id) % 2 === 0 ? alikeTo.get(alike.find(id)) : relatedTo.get(related.find(id))
          base.without(near ?? [], () => {
            answers.push({ ...base.answer(reference, absent), known: false, group: related.find(id) })
          })
        }
      })
    }
  }
  return answers.sort((a, b) => byId(a.reference, b.reference) || Number(a.known) - Number(b.known))
}

/** What changes while references are taken out; the same again when they are back. */
interface WordStatistics {
  /** In how many texts each bucket occurs. */
  seen: Float32Array
  idf: Float32Array
  /** See {@link inverseFrequencyTable}. */
  table: Float32Array
}

/** A base that references can be taken out of for a while. */
class LeftOutBase {
  readonly #index: ReferenceIndex
  readonly #space: LabelSpace
  readonly #words: WordStatistics
  readonly #gone = new Set<CountedReference>()
  readonly #counts: Int32Array

  constructor(index: ReferenceIndex, space: LabelSpace, words: WordStatistics) {
    this.#index = index
    this.#space = space
    this.#words = words
    this.#counts = new Int32Array(space.tree.leaves.length)
    for (const { leaf } of index.values()) this.#counts[leaf] = (this.#counts[leaf] as number) + 1
  }

  knowsLeaf(leaf: number): boolean {
    return (this.#counts[leaf] as number) > 0
  }

  /** Does the work as if the references were not in the base; those that are gone already stay so. */
  without(references: readonly CountedReference[], work: () => void): void {
    const taken = references.filter((reference) => !this.#gone.has(reference))
    for (const reference of taken) this.#move(reference, -1)
    work()
    for (const reference of taken) this.#move(reference, 1)
  }

  answer(reference: CountedReference, absent: ReadonlySet<number>): Omit<LeftOutAnswer, 'known' | 'group'> {
    const { dense, grams } = reference
    const point = { dense, sparse: sparseVector(grams, this.#words.idf) }
    const neighbours = this.#index
      .nearest(point, NEIGHBOURS + this.#gone.size)
      .filter((neighbour) => !this.#gone.has(neighbour.reference as CountedReference))
      .slice(0, NEIGHBOURS)
    const speakers = new Neighbourhood(neighbours).speakers()
    return {
      reference,
      point,
      speakers,
      evidence: leafEvidence(this.#space, point, speakers, absent),
    }
  }

  #move(reference: CountedReference, by: 1 | -1): void {
    const { leaf, grams } = reference
    const { seen, idf, table } = this.#words
    if (by < 0) this.#gone.add(reference)
    else this.#gone.delete(reference)
    this.#counts[leaf] = (this.#counts[leaf] as number) + by
    for (const prototypes of this.#space.prototypes)
      if (by < 0) prototypes.remove(reference)
      else prototypes.add(reference)
    for (const { ids } of [grams.characters, grams.words])
      for (const id of ids) {
        const count = (seen[id] as number) + by
        seen[id] = count
        idf[id] = table[count] as number
      }
  }
}

/** Evenly over the leaves, each by its number of references. */
function spreadSample(references: readonly CountedReference[]): CountedReference[] {
  if (references.length <= SAMPLE) return [...references]
  const hashes = new Map(references.map(({ id }) => [id, idHash(id)]))
  const byLeaf = [...references].sort(
    (a, b) => a.leaf - b.leaf || (hashes.get(a.id) as number) - (hashes.get(b.id) as number) || byId(a, b),
  )
  return Array.from(
    { length: SAMPLE },
    (_, i) => byLeaf[Math.floor(((i + 0.5) * byLeaf.length) / SAMPLE)] as CountedReference,
  )
}

function members<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const byKey = new Map<string, Row[]>()
  for (const row of rows) {
    const own = byKey.get(key(row))
    if (own) own.push(row)
    else byKey.set(key(row), [row])
  }
  return byKey
}
