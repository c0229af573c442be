/**
 * How fast a reference base of 28,680 references answers through the whole engine (database, worker thread, everything but HTTP):
 * `node backend/bench/labeler-engine.ts [REFERENCES]`. The embedder answers at once, so what is measured comes on top of it.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bases, createBases } from '../src/labels/bases/bases.ts'
import { createEmbedding } from '../src/labels/embedding/embedding.ts'
import { RankingEngine } from '../src/labels/engine/engine.ts'
import { writeGrams } from '../src/labels/engine/gram-file.ts'
import { modelBytes } from '../src/labels/engine/model-bytes.ts'
import { keepModel } from '../src/labels/engine/model-table.ts'
import { labelMigrations } from '../src/labels/migrations.ts'
import { fitRanking } from '../src/labels/ranking/fit.ts'
import { textGrams } from '../src/labels/ranking/text-features.ts'
import type { Embedding, NewLabel } from '../src/labels/services.ts'
import { createEvents } from '../src/server/events.ts'
import { openStore } from '../src/store/store.ts'
import { randomFrom } from './random.ts'

const LEAVES = 2868
const DIMENSION = 384
const QUESTIONS = 40
const total = Number(process.argv[2] ?? LEAVES * 10)
const folder = mkdtempSync(join(tmpdir(), 'secxops-bench-'))
const database = join(folder, 'a.db')
const store = openStore(database, 'next', labelMigrations)

/** Texts that share some words with those of their leaf; the number stands in front, so that a vector can be made from the text. */
function madeUp(number: number): NewLabel {
  const leaf = number % LEAVES
  const ofLeaf = randomFrom(leaf)
  const own = randomFrom(1e6 + number)
  const words = Array.from({ length: 20 }, (_, i) => {
    const random = i < 6 ? ofLeaf : own
    return `w${Math.floor(random() ** 2 * 20000).toString(36)}x${Math.floor(random() * 9)}`
  })
  const path = [`c${leaf % 12}`, `s${leaf % 60}`, `l${leaf % 600}`, `e${leaf}`]
  return { text: `n${number} ${words.join(' ')}`, path, origin: 'imported', trust: 1 }
}

function vectorOf(text: string): number[] {
  const number = Number.parseInt(text.slice(1), 10) || text.length
  const ofLeaf = randomFrom(number % LEAVES)
  const own = randomFrom(2e6 + number)
  return Array.from({ length: DIMENSION }, () => ofLeaf() - 0.5 + 0.7 * (own() - 0.5))
}

/** What a backend makes when it starts. */
function open(): { bases: Bases; embedding: Embedding; engine: RankingEngine } {
  const bases = createBases(store, createEvents(), {
    state: () => undefined,
    waiting: () => 0,
    model: () => undefined,
    embedder: () => ({ model: '' }),
    suspicions: async () => new Map(),
  })
  const embedding = createEmbedding({
    store,
    settings: { get: () => ({ embedder: { url: 'http://embedder.example/v1', model: 'made-up' } }) as never },
    keys: { get: () => undefined },
    server: undefined,
    fetch: async (_, { body }) => {
      const { input } = JSON.parse(String(body)) as { input: string[] }
      return new Response(JSON.stringify({ data: input.map((text) => ({ embedding: vectorOf(text) })) }))
    },
  })
  const engine = new RankingEngine({
    store,
    database,
    bases,
    embedding,
    classic: async () => [],
    candidates: async () => undefined,
    needs: () => undefined,
  })
  return { bases, embedding, engine }
}

async function timed<T>(what: string, times: number, work: () => Promise<T>): Promise<T> {
  const clock = performance.now()
  const processor = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(processor)
  const shown = (value: number): string => (value / times).toFixed(1).padStart(8)
  console.log(
    `${what.padEnd(44)} ${shown((user + system) / 1000)} ms cpu ${shown(performance.now() - clock)} ms on the clock`,
  )
  return result
}

const made = open()
await made.bases.catalog.create({ name: 'bench' })
const labels = Array.from({ length: total }, (_, i) => madeUp(i))
const change = { id: randomUUID(), by: 'bench', kind: 'import', title: 'Import' } as const
for (let at = 0; at < total; at += 1000)
  await store.write((db) => made.bases.writeIn(db, 'bench', change, labels.slice(at, at + 1000)))
made.bases.written('bench')
const references = made.bases.references('bench')
const vectors = await made.embedding.vectors(references.map(({ text }) => text))
await made.embedding.vectors([...new Set(references.flatMap(({ path }) => path))])
await made.embedding.settled()
const learnt = references.slice(0, LEAVES).map((reference, i) => ({ ...reference, vector: vectors[i] as Float32Array }))
const model = fitRanking(learnt, new Map(), made.bases.leaves('bench'))
await store.write((db) =>
  keepModel(db, 'bench', { bytes: modelBytes(model), embedder: made.embedding.identity(), leftOutRight: 0, behind: 0 }),
)
// What learning leaves beside the model.
writeGrams(
  join(folder, 'labels', 'bench.grams'),
  references.map(({ id, text }) => [id, textGrams(text)]),
)
await made.engine.close()

const { bases, engine, embedding } = open()
const questions = Array.from({ length: QUESTIONS }, (_, i) => madeUp(total + i))
console.log(`${references.length} references of ${LEAVES} labels`)
await timed('first answer after a start', 1, () => engine.suggest('bench', 'n1 first'))
await timed('one answer', QUESTIONS, async () => {
  for (const { text } of questions) await engine.suggest('bench', text)
})
await timed('many answers, each', QUESTIONS, () =>
  engine.suggestAll(
    'bench',
    questions.map(({ text }) => `${text} again`),
  ),
)
await timed('a text accepted, then the next answer', QUESTIONS, async () => {
  for (const { text, path } of questions) {
    await bases.changes.accept('bench', { text, path }, 'bench')
    await engine.suggest('bench', text)
  }
})
await engine.close()
await embedding.close()
await store.close()
rmSync(folder, { recursive: true })
