import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createEvents } from '../../server/events.ts'
import type { Store } from '../../services.ts'
import { openStore } from '../../store/store.ts'
import { type Bases, createBases } from '../bases/bases.ts'
import { baseMigrations } from '../bases/migrations.ts'
import { createEmbedding } from '../embedding/embedding.ts'
import { embeddingMigrations } from '../embedding/migrations.ts'
import { type ClassicFilter, type ClassicHit, type ClassicSearch, classicAnswer } from '../ranking/classic.ts'
import { dot } from '../ranking/dense-vectors.ts'
import { LocalServer } from '../servers/local-server.ts'
import type { Embedding, NewLabel } from '../services.ts'
import { orSkip, serverPlace } from '../testing/real-environments.ts'
import { WordEmbedder } from '../testing/word-embedder.ts'
import { createClassic } from './classic-suggestions.ts'
import { vectorMigrations } from './migrations.ts'
import { Milvus } from './milvus.ts'
import { VectorSearch } from './vector-search.ts'

const place = serverPlace()
const socket = join(place.root, 'm')
const data = join(place.root, 'data')
const embedder = new WordEmbedder()
const index = { url: '', metric: 'COSINE', m: 16, efConstruction: 100, ef: 64 } as const
let settings: { embedder: object; milvus: { url: string; metric: 'COSINE' | 'IP' | 'L2' } & object }
let store: Store
let bases: Bases
let embedding: Embedding
let search: VectorSearch
let classic: ReturnType<typeof createClassic>
let number = 0
/** Each test has a base of its own in the one server. */
let base: string

beforeAll(() => {
  mkdirSync(data)
  store = openStore(join(place.root, 'a.db'), 'next', [...baseMigrations, ...embeddingMigrations, ...vectorMigrations])
  bases = createBases(store, createEvents(), {
    state: () => undefined,
    waiting: () => 0,
    model: () => undefined,
    embedder: () => ({ model: 'words' }),
    suspicions: async () => new Map(),
  })
  const keys = { get: () => undefined }
  const get = { get: () => settings as never }
  embedding = createEmbedding({ store, settings: get, keys, server: undefined, fetch: embedder.fetch })
  const server = new LocalServer(
    { name: 'milvus', title: 'Milvus Lite', socket: () => socket, args: () => [data] },
    { environments: place.environments, logs: place.logs },
  )
  const embedderOf = () => embedding.identity()
  const milvus = new Milvus({ settings: get, keys, server })
  search = new VectorSearch({ store, bases, embedding, settings: get, milvus, embedderOf })
  classic = createClassic({ store, bases, embedding, search, embedderOf })
})
beforeEach(async () => {
  settings = { embedder: { url: 'http://words.example/v1', model: 'words' }, milvus: { ...index } }
  base = `base-${++number}`
  await bases.catalog.create({ name: base, strategy: 'classic' })
})
afterAll(async () => {
  await search.close()
  await embedding.close()
  await store.close()
  rmSync(place.root, { recursive: true, force: true })
})

const HOSTILE = [
  '"] or true or category in ["',
  '\\" ; --',
  "x' OR '1'='1",
  '{category_values}',
  '$meta["a"]',
  '标签 \u202e gnp',
  'back\\slash',
  'plain',
]
const WORDS = [
  'login',
  'failed',
  'ransom',
  'note',
  'scan',
  'port',
  'macro',
  'mail',
  'shell',
  'upload',
  'query',
  'token',
]

/** Texts of four words, labels of hostile names, different trusts: the same on every run. */
function labels(count: number): NewLabel[] {
  const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T
  return Array.from({ length: count }, (_, i) => ({
    text: `${at(WORDS, i)} ${at(WORDS, i * 5 + 1)} ${at(WORDS, i * 7 + 3)} number${i}`,
    path: [at(HOSTILE, i), at(HOSTILE, i * 3 + 1), at(HOSTILE, i >> 2), at(HOSTILE, i >> 1)],
    origin: 'imported',
    trust: (1 + (i % 9)) / 9,
  }))
}

async function add(rows: NewLabel[]): Promise<void> {
  await store.write((db) =>
    bases.writeIn(db, base, { id: randomUUID(), by: 'ann', kind: 'import', title: 'Import' }, rows),
  )
  bases.written(base)
}

const vectorOf = async (text: string): Promise<Float32Array> => (await embedding.vectors([text]))[0] as Float32Array

/** What Milvus should find: all references, compared one by one. */
async function everything(text: string): Promise<ClassicSearch> {
  const vector = await vectorOf(text)
  const references = bases.references(base)
  const vectors = await embedding.vectors(references.map((reference) => reference.text))
  const hits = references
    .map((reference, i): ClassicHit & { id: string } => ({
      id: reference.id,
      path: reference.path,
      similarity: dot(vector, vectors[i] as Float32Array),
      confidence: reference.trust,
    }))
    .sort((a, b) => b.similarity - a.similarity)
  return async (filter, count) =>
    hits.filter(({ path }) => filter.every((values, level) => values.includes(path[level] ?? ''))).slice(0, count)
}

async function found(text: string, count = 10, filter: ClassicFilter = []): Promise<string[]> {
  return (await search.search(base, await vectorOf(text), count, filter)).map((hit) => hit.text)
}

it('the published method over Milvus gives what it gives over all references compared one by one', async (context) => {
  await add(labels(300))
  await orSkip(context, search.fill(base))
  for (const text of ['failed login on a port', 'ransom note in mail', 'upload a shell', 'token query scan']) {
    const [suggestion] = await classic(base, [text])
    const wanted = await classicAnswer(await everything(text), 4)
    expect(suggestion?.path).toEqual(wanted?.path)
    expect(suggestion?.confidence).toBeCloseTo(wanted?.confidence ?? Number.NaN, 5)
  }
}, 300_000)

it('a filter lets through exactly the rows with these names, whatever they are', async (context) => {
  await add(labels(120))
  await orSkip(context, search.fill(base))
  const all = await everything('scan')
  const vector = await vectorOf('scan')
  const names = fc.uniqueArray(fc.constantFrom(...HOSTILE, '', '" or "" == "'), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(fc.array(names, { minLength: 1, maxLength: 4 }), async (filter) => {
      const hits = await search.search(base, vector, 200, filter)
      const wanted = (await all(filter, 200)) as (ClassicHit & { id: string })[]
      expect(hits.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => id).sort())
    }),
    { numRuns: 40 },
  )
}, 300_000)

it.for(['IP', 'L2'] as const)(
  'the metric %s gives the same similarities as the cosine',
  { timeout: 300_000 },
  async (metric, context) => {
    await add(labels(60))
    const vector = await vectorOf('failed login')
    await orSkip(context, search.fill(base))
    const cosine = await search.search(base, vector, 10)
    settings.milvus.metric = metric
    const other = await search.search(base, vector, 10)
    expect(other.map(({ id }) => id)).toEqual(cosine.map(({ id }) => id))
    for (const [i, { similarity }] of other.entries()) expect(similarity).toBeCloseTo(cosine[i]?.similarity ?? 9, 4)
  },
)

it('follows what is added, edited, renamed and removed', async (context) => {
  await add(labels(30))
  await orSkip(context, search.fill(base))
  await bases.changes.accept(base, { text: 'a new text', path: ['plain', 'b', 'c', 'd'] }, 'ann')
  expect((await found('a new text'))[0]).toBe('a new text')
  const tree = bases.taxonomy(base)
  const node = tree.nodes.find(({ name, parent }) => name === 'plain' && parent === undefined)?.id ?? 0
  await bases.changes.editTree(base, tree.version, [{ kind: 'rename', node, name: 'renamed "' }], 'ann')
  expect((await found('a new text', 3, [['renamed "']]))[0]).toBe('a new text')
  expect(await found('a new text', 3, [['plain']])).toEqual([])
  await bases.changes.removeReferences(base, [bases.referenceId('a new text')], 'ann')
  expect(await found('a new text')).not.toContain('a new text')
})

it('goes on after its server was killed, and after its data were lost', async (context) => {
  await add(labels(50))
  await orSkip(context, search.fill(base))
  const before = await found('ransom note')
  kill()
  expect(await found('ransom note')).toEqual(before)
  kill()
  rmSync(data, { recursive: true })
  mkdirSync(data)
  expect(await found('ransom note')).toEqual(before)
}, 300_000)

it('a base that learns by itself keeps its own answers as references, one for each text', async (context) => {
  base = 'self-learning'
  await bases.catalog.create({ name: base, strategy: 'classic', selfLearning: true })
  await add(labels(40))
  await orSkip(context, search.fill(base))
  const [first] = await classic(base, ['failed login number99'])
  const [again] = await classic(base, ['failed login number99'])
  expect(bases.get(base).references).toBe(41)
  expect(again?.baseVersion).toBeGreaterThan(first?.baseVersion ?? 0)
  expect(bases.references(base).find(({ text }) => text === 'failed login number99')?.trust).toBeLessThanOrEqual(1)
}, 300_000)

it('says that Milvus does not answer', async () => {
  await add(labels(3))
  settings.milvus.url = 'http://127.0.0.1:1'
  const error = await classic(base, ['x']).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(SecxopsError)
  expect((error as SecxopsError).body).toMatchObject({ code: 'unavailable', where: { field: 'milvus' } })
  expect((error as SecxopsError).body.message).toMatch(/Milvus at http:.*ECONNREFUSED.*"fused" answers without it/)
})

/** The one server of this file, by its arguments. */
function kill(): void {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
  const line = stdout.split('\n').find((one) => one.includes(`serve.py milvus ${socket}`))
  process.kill(Number.parseInt(line ?? '', 10), 'SIGKILL')
}
