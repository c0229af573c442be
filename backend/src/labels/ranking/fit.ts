import { type ChoiceRow, fitChoice } from './choice.ts'
import { type ConfidenceModel, type ConfidenceRow, fitConfidence } from './confidence.ts'
import { confidenceFeatures } from './confidence-features.ts'
import { type NameVectors, nameSpace } from './label-names.ts'
import { type LabelTree, labelTree, nodeGroupings, pathKey } from './label-tree.ts'
import { defaultWeights, type LabelSpace, leafEvidence, prototypeGroupings } from './leaf-evidence.ts'
import { Neighbourhood } from './neighbourhood.ts'
import { insideMetric, Prototypes } from './prototypes.ts'
import { byId, type Reference } from './reference.ts'
import { type IndexedReference, ReferenceIndex } from './reference-index.ts'
import { standing } from './standing.ts'
import { pointOf, type Statistics, statisticsOf } from './statistics.ts'
import { type TextGrams, textGrams } from './text-features.ts'
import { idHash, sameSubject, TextGroups } from './text-groups.ts'

/** References that speak for one text at most. */
export const NEIGHBOURS = 128
/** From this likeness on two references count as the same text. */
const DUPLICATE = 0.9
/** References whose answers are learnt from at most. */
const SAMPLE = 1500
const FOLDS = 5

/** What is learnt from the references of a base; depends on nothing else. */
export interface RankingModel {
  /** Leaves that were known when it was learnt. */
  leaves: readonly (readonly string[])[]
  statistics: Statistics
  /** Metric of the prototypes. */
  metric: Float64Array
  /** Weight of each kind of evidence. */
  weights: Float64Array
  /** Undefined where the references are too few to teach it. */
  confidence: ConfidenceModel | undefined
  /** Share of references that were answered rightly when they were left out: what to expect of texts like them. */
  leftOutRight: number
}

/**
 * Learns a model: each reference is answered as if it and what is too like it were not in the base, and once more as if its
 * label were not. The order of the references has no influence. `leaves`: labels of the taxonomy, with or without references.
 */
export function fitRanking(
  references: readonly Reference[],
  nameVectors: NameVectors,
  leaves: readonly (readonly string[])[] = [],
): RankingModel {
  const sorted = [...references].sort(byId)
  const tree = labelTree([...leaves, ...sorted.map((reference) => reference.path)])
  const grams = sorted.map((reference) => textGrams(reference.text))
  const statistics = statisticsOf(sorted, grams)
  const dimension = statistics.mean.length
  const indexed = sorted.map(({ id, text, path, vector, trust }, i) => ({
    ...pointOf(grams[i] as TextGrams, vector, statistics),
    id,
    text,
    leaf: tree.numberOf.get(pathKey(path)) as number,
    trust,
  }))
  const answers = leftOutAnswers(indexed, { tree, names: nameSpace(tree, nameVectors, statistics) }, dimension)

  const choices = answers.flatMap(({ reference, space, speakers, known }): ChoiceRow[] => {
    if (!known) return []
    const { rows, leaves } = leafEvidence(space, reference, speakers, { needed: reference.leaf })
    return [{ rows, options: leaves.length, right: leaves.indexOf(reference.leaf), weight: 1 }]
  })
  const weights = fitChoice(choices, defaultWeights(tree))

  const counts = leafCounts(indexed, tree.leaves.length)
  const rows = answers.map(({ reference, space, speakers, known, absent }): ConfidenceRow => {
    const answer = standing(space, reference, speakers, weights, absent)
    const first = answer.leaves[0] as number
    return {
      features: confidenceFeatures(space, answer, counts),
      right: nodeGroupings(tree).map(({ classOf }) => classOf[first] === classOf[reference.leaf]),
      known,
    }
  })
  const known = rows.filter((row) => row.known)
  return {
    leaves: tree.leaves,
    statistics,
    metric: insideMetric(indexed, dimension),
    weights,
    confidence: fitConfidence(rows),
    leftOutRight: known.filter((row) => row.right.at(-1)).length / Math.max(1, known.length),
  }
}

/** Who speaks for a reference when something is taken out of the base. */
interface LeftOutAnswer {
  reference: IndexedReference
  space: LabelSpace
  speakers: ReturnType<Neighbourhood['speakers']>
  /** Whether its leaf was left in. */
  known: boolean
  absent: ReadonlySet<number>
}

function leftOutAnswers(
  indexed: readonly (IndexedReference & { text: string })[],
  labels: Pick<LabelSpace, 'tree' | 'names'>,
  dimension: number,
): LeftOutAnswer[] {
  const { tree } = labels
  const index = new ReferenceIndex(indexed, dimension)
  const sample = [...indexed].sort((a, b) => idHash(a.id) - idHash(b.id) || byId(a, b)).slice(0, SAMPLE)
  const groups = new TextGroups()
  const sizes = new Map<string, number>()
  for (const ids of sameSubject(indexed, tree)) for (const id of ids) groups.join(ids[0] as string, id)
  for (const reference of sample)
    for (const { reference: other, likeness } of index.nearest(reference, NEIGHBOURS))
      if (likeness >= DUPLICATE) groups.join(reference.id, other.id)
  for (const { id } of indexed) sizes.set(groups.find(id), (sizes.get(groups.find(id)) ?? 0) + 1)

  const foldOf = ({ id }: IndexedReference): number => idHash(groups.find(id)) % FOLDS
  const spaces = Array.from({ length: FOLDS }, (_, fold): LabelSpace => {
    const rows = indexed.filter((row) => foldOf(row) !== fold)
    const metric = insideMetric(rows, dimension)
    return {
      ...labels,
      prototypes: prototypeGroupings(tree).map(
        ({ classOf, classes }) => new Prototypes(classOf, classes, metric, dimension, rows),
      ),
    }
  })

  return sample.flatMap((reference): LeftOutAnswer[] => {
    const group = groups.find(reference.id)
    const neighbours = index
      .nearest(reference, NEIGHBOURS + (sizes.get(group) ?? 1))
      .filter(({ reference: other }) => other === reference || groups.find(other.id) !== group)
      .slice(0, NEIGHBOURS)
    const self = neighbours.findIndex((neighbour) => neighbour.reference === reference)
    if (self < 0) return []
    const space = spaces[foldOf(reference)] as LabelSpace
    const solved = new Neighbourhood(neighbours)
    const answers: LeftOutAnswer[] = []
    if (indexed.some((other) => other.leaf === reference.leaf && groups.find(other.id) !== group))
      answers.push({ reference, space, speakers: solved.speakersWithout(self, [self]), known: true, absent: new Set() })
    const absent = likeUnknown(tree, reference)
    if (absent.size < tree.leaves.length) {
      const out = neighbours.flatMap(({ reference: other }, at) => (at === self || absent.has(other.leaf) ? [at] : []))
      answers.push({ reference, space, speakers: solved.speakersWithout(self, out), known: false, absent })
    }
    return answers
  })
}

/**
 * The leaves that are missing when the label of a reference is unknown: for one half of the references all leaves of that
 * name, for the other half the whole branch too. New labels come alone or with their siblings.
 */
function likeUnknown(tree: LabelTree, { id, leaf }: IndexedReference): ReadonlySet<number> {
  const nodes = nodeGroupings(tree)
  const name = tree.nameAt.at(-1) as Int32Array
  const branch = nodes.at(-2)?.classOf
  const whole = branch && (nodes.at(-2)?.classes ?? 0) > 1 && idHash(id) % 2 === 0 ? branch : undefined
  return new Set(
    [...tree.leaves.keys()].filter((other) => name[other] === name[leaf] || (whole && whole[other] === whole[leaf])),
  )
}

export function leafCounts(references: Iterable<IndexedReference>, leaves: number): Float64Array {
  const counts = new Float64Array(leaves)
  for (const { leaf } of references) counts[leaf] = (counts[leaf] as number) + 1
  return counts
}
