import { dot } from './dense-vectors.ts'
import type { NameSpace } from './label-names.ts'
import type { LabelTree } from './label-tree.ts'
import type { Speakers } from './neighbourhood.ts'
import type { Prototypes } from './prototypes.ts'
import type { TextPoint } from './statistics.ts'
import { sparseDot } from './text-features.ts'

/** Leaves that are weighed against each other; the others are too far off to count. */
const SHORTLIST = 64
/** Brings prototype scores to the size of the other evidence. */
const PROTOTYPE_SCALE = 0.1

/** What evidence is weighed with: the labels side of a base. */
export interface LabelSpace {
  tree: LabelTree
  names: NameSpace
  /** For the last two groupings of the tree, in their order. */
  prototypes: readonly Prototypes[]
}

/** Evidence for the leaves of the shortlist: row i belongs to `leaves[i]`, {@link evidenceWidth} numbers each. */
export interface LeafEvidence {
  leaves: number[]
  rows: Float64Array
  /** Regression onto each leaf, by leaf number: near 1 for a leaf that all neighbours speak for, near 0 for the others. */
  regression: Float64Array
}

export function evidenceWidth(tree: LabelTree): number {
  return 2 * tree.groupings.length + prototypeGroupings(tree).length + 3 * tree.depth
}

export function prototypeGroupings(tree: LabelTree): LabelTree['groupings'] {
  return tree.groupings.slice(-2)
}

/** Weights before anything is learnt: what a base with too few references to learn from answers with. */
export function defaultWeights(tree: LabelTree): Float64Array {
  const last = tree.depth - 1
  const regression = tree.groupings.map(({ level, shared }) => (level < last ? 1.2 : shared ? 1.8 : 6))
  const best = tree.groupings.map(() => 0)
  const prototypes = prototypeGroupings(tree).map(() => 0)
  const names = tree.nameAt.flatMap(() => [1, 1, 1])
  return Float64Array.from([...regression, ...best, ...prototypes, ...names])
}

/** Weighs all leaves. `absent`: leaves that are taken as if they were not in the tree. */
export function leafEvidence(
  space: LabelSpace,
  point: TextPoint,
  speakers: Speakers,
  absent?: ReadonlySet<number>,
): LeafEvidence {
  const { tree } = space
  const columns = tree.groupings.map(({ classOf, classes }) => classSums(speakers, classOf, classes))
  const cosines = space.names.cosines(point.dense)
  const leaves = shortlist(space, columns, cosines, absent)
  const scores = space.prototypes.map((prototypes) => prototypes.scores(point.dense))
  const expected = expectedNames(space, speakers)
  const width = evidenceWidth(tree)
  const rows = new Float64Array(leaves.length * width)
  const letters = new Map<number, number>()
  leaves.forEach((leaf, i) => {
    let at = i * width
    const put = (value: number): void => {
      rows[at++] = value
    }
    tree.groupings.forEach(({ classOf }, g) => {
      put(columns[g]?.sums[classOf[leaf] as number] as number)
    })
    tree.groupings.forEach(({ classOf }, g) => {
      put(columns[g]?.best[classOf[leaf] as number] as number)
    })
    prototypeGroupings(tree).forEach(({ classOf }, g) => {
      put((scores[g]?.[classOf[leaf] as number] as number) * PROTOTYPE_SCALE)
    })
    tree.nameAt.forEach((nameAt, level) => {
      const name = nameAt[leaf] as number
      const namePoint = space.names.points[name] as TextPoint
      const spelt = letters.get(name) ?? sparseDot(point.sparse, namePoint.sparse)
      letters.set(name, spelt)
      put(cosines[name] as number)
      put(spelt)
      put(dot(expected[level] as Float64Array, namePoint.dense))
    })
  })
  return { leaves, rows, regression: (columns[leafGrouping(tree)] as ClassSums).sums }
}

/** The grouping in which every leaf is a class of its own; its classes are numbered as the leaves are. */
function leafGrouping(tree: LabelTree): number {
  return tree.groupings.findLastIndex((grouping) => !grouping.shared)
}

interface ClassSums {
  sums: Float64Array
  best: Float64Array
}

function classSums(speakers: Speakers, classOf: Int32Array, classes: number): ClassSums {
  const sums = new Float64Array(classes)
  const best = new Float64Array(classes)
  speakers.neighbours.forEach(({ reference, likeness }, i) => {
    const c = classOf[reference.leaf] as number
    sums[c] = (sums[c] as number) + (speakers.shares[i] as number)
    if (likeness > (best[c] as number)) best[c] = likeness
  })
  return { sums, best }
}

function shortlist(
  { tree }: LabelSpace,
  columns: readonly ClassSums[],
  cosines: Float32Array,
  absent: ReadonlySet<number> | undefined,
): number[] {
  const weights = defaultWeights(tree)
  const scores = Float64Array.from(tree.leaves.keys(), (leaf) => {
    if (absent?.has(leaf)) return Number.NEGATIVE_INFINITY
    let score = 0
    for (let g = 0; g < columns.length; g++) {
      const { classOf } = tree.groupings[g] as LabelTree['groupings'][number]
      score += (weights[g] as number) * ((columns[g] as ClassSums).sums[classOf[leaf] as number] as number)
    }
    for (const nameAt of tree.nameAt) score += cosines[nameAt[leaf] as number] as number
    return score
  })
  const least = scores.toSorted().at(-SHORTLIST) ?? Number.NEGATIVE_INFINITY
  return [...scores.keys()]
    .filter((leaf) => (scores[leaf] as number) >= least && !absent?.has(leaf))
    .sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
    .slice(0, SHORTLIST)
}

/** For each level the name vector that the speakers expect there. */
function expectedNames({ tree, names }: LabelSpace, speakers: Speakers): Float64Array[] {
  const dimension = names.points[0]?.dense.length ?? 0
  return tree.nameAt.map((nameAt) => {
    const byName = new Map<number, number>()
    speakers.neighbours.forEach(({ reference }, i) => {
      const name = nameAt[reference.leaf] as number
      byName.set(name, (byName.get(name) ?? 0) + (speakers.shares[i] as number))
    })
    const sum = new Float64Array(dimension)
    for (const [name, share] of byName) {
      const { dense } = names.points[name] as TextPoint
      for (let i = 0; i < dimension; i++) sum[i] = (sum[i] as number) + share * (dense[i] as number)
    }
    return sum
  })
}
