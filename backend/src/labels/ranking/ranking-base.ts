import { type Answer, answerOf, SURE } from './answer.ts'
import { levelConfidences } from './confidence.ts'
import { confidenceFeatures } from './confidence-features.ts'
import type { RankingModel } from './fit.ts'
import { type NameVectors, nameSpace } from './label-names.ts'
import { labelTree, pathKey } from './label-tree.ts'
import { evidenceWidth, type LabelSpace, leafEvidence, prototypeGroupings } from './leaf-evidence.ts'
import { NEIGHBOURS } from './left-out.ts'
import { logisticProbability } from './logistic.ts'
import { Neighbourhood } from './neighbourhood.ts'
import { Prototypes } from './prototypes.ts'
import type { Reference } from './reference.ts'
import { type IndexedReference, ReferenceIndex } from './reference-index.ts'
import { nodeProbabilities, standing } from './standing.ts'
import { pointOf, textPoint } from './statistics.ts'
import { textGrams } from './text-features.ts'

export interface AnswerOptions {
  /** Confidence from which a label is stood by; {@link SURE} unless given. */
  sure?: number
  /** Only these references are looked at: candidates that an index outside has found. */
  among?: Iterable<string>
}

/**
 * Answers texts from the references of a base and a model learnt from them. An answer depends on the set of references and
 * on the model alone: the order in which references came leaves no trace. Adding and removing one counts at once; what is
 * learnt (weights, confidence, word statistics) stays until a new model is fitted.
 */
export class RankingBase {
  readonly #model: RankingModel
  readonly #space: LabelSpace
  readonly #index: ReferenceIndex

  /** The leaves are those of `references` and of the model: a leaf unknown to both needs a new model. */
  constructor(model: RankingModel, references: readonly Reference[], nameVectors: NameVectors) {
    const tree = labelTree([...model.leaves, ...references.map((reference) => reference.path)])
    if (evidenceWidth(tree) !== model.weights.length)
      throw new Error('The label tree has other levels than the model was fitted for: fit the base again')
    this.#model = model
    const dimension = model.statistics.mean.length
    const names = nameSpace(tree, nameVectors, model.statistics)
    this.#space = { tree, names, prototypes: [] }
    const indexed = references.map((reference) => this.#indexed(reference))
    this.#index = new ReferenceIndex(indexed, dimension)
    this.#space.prototypes = prototypeGroupings(tree).map(
      ({ classOf, classes }) => new Prototypes(classOf, classes, model.metric, dimension, indexed),
    )
  }

  get size(): number {
    return this.#index.size
  }

  /** Whether a reference of this path can be added without a new model. */
  hasLeaf(path: readonly string[]): boolean {
    return this.#space.tree.numberOf.has(pathKey(path))
  }

  /** Adds a reference or replaces the one with its id; the next answer counts with it. Its leaf must be in the tree. */
  add(reference: Reference): void {
    const indexed = this.#indexed(reference)
    this.remove(reference.id)
    this.#index.add(indexed)
    for (const prototypes of this.#space.prototypes) prototypes.add(indexed)
  }

  remove(id: string): void {
    const indexed = this.#index.get(id)
    if (!indexed) return
    this.#index.remove(id)
    for (const prototypes of this.#space.prototypes) prototypes.remove(indexed)
  }

  /** `vector`: embedding of `normalised(text)` with the model that embedded the references. */
  answer(text: string, vector: Float32Array, options: AnswerOptions = {}): Answer {
    const { tree } = this.#space
    const point = textPoint(text, vector, this.#model.statistics)
    const neighbours = this.#index.nearest(point, NEIGHBOURS, options.among)
    const speakers = new Neighbourhood(neighbours).speakers()
    const evidence = leafEvidence(this.#space, point, speakers)
    const stands = standing(tree, point, speakers, evidence, this.#model.weights)
    const features = confidenceFeatures(tree, stands)
    const plain = nodeProbabilities(tree, stands)
    const { confidence } = this.#model
    const learnt = confidence ? levelConfidences(confidence, features) : []
    return answerOf(
      stands.leaves.map((leaf, i) => ({
        path: tree.leaves[leaf] as readonly string[],
        probability: stands.probabilities[i] as number,
      })),
      [...plain].map((probability, level) => learnt[level] ?? probability),
      confidence?.known ? logisticProbability(confidence.known, features) : 1,
      neighbours.flatMap(({ reference, likeness }, i) =>
        reference.leaf === stands.leaves[0]
          ? [{ id: reference.id, likeness, amount: speakers.shares[i] as number }]
          : [],
      ),
      options.sure ?? SURE,
    )
  }

  /**
   * How much the other references contradict the label of this one: the regression onto the best other leaf minus that onto
   * its own, the reference itself left out. Above 0 the label is suspect. Undefined for an id that is not in the base.
   */
  suspicion(id: string): { amount: number; instead: string[] } | undefined {
    const reference = this.#index.get(id)
    if (!reference) return undefined
    const neighbours = this.#index.nearest(reference, NEIGHBOURS)
    const self = neighbours.findIndex((neighbour) => neighbour.reference === reference)
    if (self < 0) return undefined
    const { neighbours: others, shares } = new Neighbourhood(neighbours).speakersWithout(self, [self])
    const sums = new Map<number, number>()
    others.forEach((other, i) => {
      sums.set(other.reference.leaf, (sums.get(other.reference.leaf) ?? 0) + (shares[i] as number))
    })
    const best = [...sums].filter(([leaf]) => leaf !== reference.leaf).sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]
    if (!best) return undefined
    return { amount: best[1] - (sums.get(reference.leaf) ?? 0), instead: [...(this.#space.tree.leaves[best[0]] ?? [])] }
  }

  #indexed(reference: Reference): IndexedReference {
    const leaf = this.#space.tree.numberOf.get(pathKey(reference.path))
    if (leaf === undefined)
      throw new Error(`The label ${reference.path.join(' › ')} is new to this base: fit the base again with it`)
    const { id, text, vector, trust, grams = textGrams(text) } = reference
    return {
      ...pointOf(grams, vector, this.#model.statistics),
      id,
      leaf,
      trust,
      balance: this.#model.balance.get(pathKey(reference.path)) ?? 1,
    }
  }
}
