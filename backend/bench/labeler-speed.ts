/**
 * How fast the ranking is at 28,680 made-up references of 2,868 labels: `node backend/bench/labeler-speed.ts [REFERENCES]`.
 * Prints processor time, which a busy machine does not change, beside the time on the clock.
 */
import { CoarseRows } from '../src/labels/ranking/coarse-rows.ts'
import { centred } from '../src/labels/ranking/dense-vectors.ts'
import { fitRanking } from '../src/labels/ranking/fit.ts'
import { RankingBase } from '../src/labels/ranking/ranking-base.ts'
import type { Reference } from '../src/labels/ranking/reference.ts'
import { randomFrom } from './random.ts'

const LEAVES = 2868
const DIMENSION = 384
const QUERIES = 40
/** What an index outside the process gives in bases that are too large for it. */
const CANDIDATES = 1000
const MANY = 1_000_000
const total = Number(process.argv[2] ?? LEAVES * 10)

function madeUp(number: number): Reference {
  const leaf = number % LEAVES
  const ofLeaf = randomFrom(leaf)
  const own = randomFrom(1e6 + number)
  const words = Array.from({ length: 20 }, (_, i) => {
    const random = i < 6 ? ofLeaf : own
    // Squared: some words are common, as in real texts.
    return `w${Math.floor(random() ** 2 * 20000).toString(36)}x${Math.floor(random() * 9)}`
  })
  return {
    id: `r${number}`,
    text: words.join(' '),
    path: [`c${leaf % 12}`, `s${leaf % 60}`, `l${leaf % 600}`, `e${leaf}`],
    vector: Float32Array.from({ length: DIMENSION }, () => ofLeaf() - 0.5 + 0.7 * (own() - 0.5)),
    trust: 1,
  }
}

function timed<Result>(what: string, times: number, work: () => Result): Result {
  const clock = performance.now()
  const processor = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(processor)
  const milliseconds = (value: number): string => (value / times).toFixed(1).padStart(8)
  console.log(
    `${what.padEnd(44)} ${milliseconds((user + system) / 1000)} ms cpu ${milliseconds(performance.now() - clock)} ms`,
  )
  return result
}

const references = Array.from({ length: total }, (_, i) => madeUp(i))
const model = timed(`fit on ${LEAVES} references`, 1, () => fitRanking(references.slice(0, LEAVES), new Map()))
const base = timed(`index of ${total} references`, 1, () => new RankingBase(model, references, new Map()))
const queries = Array.from({ length: QUERIES }, (_, i) => madeUp(total + i))
timed('first answer', 1, () => base.answer('first', queries[0]?.vector ?? new Float32Array(DIMENSION)))
timed('one answer', QUERIES, () => queries.map(({ text, vector }) => base.answer(text, vector)))
timed(`one answer among ${CANDIDATES} candidates`, QUERIES, () =>
  queries.map(({ text, vector }, i) =>
    base.answer(text, vector, { among: references.slice(i * 10, i * 10 + CANDIDATES).map(({ id }) => id) }),
  ),
)
timed('a reference accepted, then the next answer', QUERIES, () =>
  queries.map((reference) => {
    base.add(reference)
    return base.answer(reference.text, reference.vector)
  }),
)

// What the part of the index that reads every embedding takes at a size that the rest of this file has no memory for.
const many = new CoarseRows(DIMENSION)
many.reserve(MANY)
const vectors = queries.map(({ vector }) => centred(vector, new Float32Array(DIMENSION)))
for (let row = 0; row < MANY; row++) many.set(row, vectors[row % QUERIES] as Float32Array)
timed(`products with ${MANY} embeddings`, QUERIES, () => vectors.map((vector) => many.dots(vector, MANY).error))
