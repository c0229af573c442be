import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEvents } from '../../server/events.ts'
import type { Store } from '../../services.ts'
import { openStore } from '../../store/store.ts'
import { type Bases, createBases } from '../bases/bases.ts'
import { baseMigrations } from '../bases/migrations.ts'
import { createEmbedding } from '../embedding/embedding.ts'
import { embeddingMigrations } from '../embedding/migrations.ts'
import { SMALL_PATHS, smallText } from '../ranking/testing/small-base.ts'
import type { Embedding, NewLabel } from '../services.ts'
import { WordEmbedder } from '../testing/word-embedder.ts'
import { RankingEngine } from './engine.ts'
import { engineMigrations } from './migrations.ts'

let database: string
let store: Store
let bases: Bases
let embedder: WordEmbedder
let settings: { url: string; model: string }
let embedding: Embedding
let engine: RankingEngine
let needed: string[]

beforeEach(async () => {
  database = join(mkdtempSync(join(tmpdir(), 'secxops-engine-')), 'a.db')
  store = openStore(database, 'next', [...baseMigrations, ...embeddingMigrations, ...engineMigrations])
  embedder = new WordEmbedder()
  settings = { url: 'http://embedder.example/v1', model: 'words' }
  needed = []
  open()
  await bases.catalog.create({ name: 'alerts', levels: ['category', 'subcategory', 'label'] })
})
afterEach(async () => {
  await close()
  await store.close()
})

/** All that a backend which starts anew makes. */
function open(): void {
  bases = createBases(store, createEvents(), {
    state: () => undefined,
    waiting: () => 0,
    model: (base) => engine.model(base),
    embedder: (base) => engine.embedder(base),
    suspicions: (base) => engine.suspicions(base),
  })
  embedding = createEmbedding({
    store,
    settings: { get: () => ({ embedder: settings }) as never },
    keys: { get: () => undefined },
    server: undefined,
    fetch: embedder.fetch,
  })
  engine = new RankingEngine({
    store,
    database,
    bases,
    embedding,
    classic: async () => [],
    candidates: async () => undefined,
    needs: (_, work) => needed.push(work),
    calm: 1,
  })
}

async function close(): Promise<void> {
  await engine.close()
  await embedding.close()
}

async function reopen(): Promise<void> {
  await close()
  open()
}

const label = (text: string, path: string[]): NewLabel => ({ text, path, origin: 'imported', trust: 1 })

const small = (each: number): NewLabel[] =>
  SMALL_PATHS.flatMap((path) => Array.from({ length: each }, (_, i) => label(smallText(path.join('/'), i), path)))

async function add(labels: NewLabel[]): Promise<void> {
  await store.write((db) =>
    bases.writeIn(db, 'alerts', { id: randomUUID(), by: 'ann', kind: 'import', title: 'Import' }, labels),
  )
  bases.written('alerts')
}

const accept = (text: string, path: string[]) => bases.changes.accept('alerts', { text, path }, 'ann')
const suggest = (text: string) => engine.suggest('alerts', text)
const learn = () => engine.learn('alerts', { signal: new AbortController().signal, progress: () => undefined })

async function failure(work: Promise<unknown>): Promise<SecxopsError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(SecxopsError)
  return error as SecxopsError
}

const RANSOM = 'host7 saw encrypt and ransom note then files'

describe('the ranking of bases', () => {
  it('suggests a label with what speaks for it, before anything was learnt', async () => {
    await add(small(3))
    const suggestion = await suggest(RANSOM)
    expect(suggestion).toMatchObject({ base: 'alerts', strategy: 'fused', path: ['impact', 'encryption', 'ransom'] })
    expect(suggestion.baseVersion).toBe(bases.version('alerts'))
    expect(suggestion.levelConfidence).toHaveLength(3)
    expect(suggestion.alternatives[0]).toEqual({ path: suggestion.path, confidence: suggestion.confidence })
    expect(suggestion.why[0]).toMatchObject({ path: suggestion.path, text: expect.stringContaining('ransom') })
  })

  it('answers a text with the same bytes in any order, many at once, and after a restart', async () => {
    await add(small(4))
    await learn()
    const texts = SMALL_PATHS.map((path) => smallText(path.join('/'), 50))
    const first = JSON.stringify(await engine.suggestAll('alerts', texts))
    await reopen()
    const backwards = []
    for (const text of [...texts].reverse()) backwards.unshift(await suggest(text))
    expect(JSON.stringify(backwards)).toBe(first)
    expect(embedder.asked.length).toBe(new Set(embedder.asked).size)
  })

  it('counts an accepted text in the next answer, and no longer once it is undone', async () => {
    await add(small(3))
    const before = await suggest(RANSOM)
    await accept(RANSOM, ['impact', 'wipe', 'disk'])
    const after = await suggest(RANSOM)
    expect(after.baseVersion).toBeGreaterThan(before.baseVersion)
    expect(after.path).toEqual(['impact', 'wipe', 'disk'])
    expect(after.decided).toMatchObject({ path: ['impact', 'wipe', 'disk'], by: 'ann' })
    await bases.changes.undo('alerts', undefined, 'ann')
    const undone = await suggest(RANSOM)
    expect({ ...undone, id: '', baseVersion: 0 }).toEqual({ ...before, id: '', baseVersion: 0 })
  })

  it('knows a label at once that a human has just made, with hostile names', async () => {
    await add(small(3))
    await learn()
    const hostile = ['"] or true or category in ["', '\\" ; --', "x' OR '1'='1"]
    await suggest(RANSOM)
    await accept('a text of its very own', hostile)
    expect((await suggest('a text of its very own')).path).toEqual(hostile)
  })

  it('follows a renamed label', async () => {
    await add(small(3))
    await suggest(RANSOM)
    const tree = bases.taxonomy('alerts')
    const node = tree.nodes.find(({ name }) => name === 'ransom')?.id ?? 0
    await bases.changes.editTree('alerts', tree.version, [{ kind: 'rename', node, name: 'extortion' }], 'ann')
    const { path, alternatives } = await suggest(RANSOM)
    expect(path).toEqual(['impact', 'encryption', 'extortion'])
    expect(alternatives.map((other) => other.path.at(-1))).not.toContain('ransom')
  })

  it('answers while it learns, then with the new model, which a restart keeps', async () => {
    await add(small(8))
    const before = await suggest(RANSOM)
    expect(engine.model('alerts')).toBeUndefined()
    let learnt = false
    const learning = learn().then(() => {
      learnt = true
    })
    expect((await suggest(RANSOM)).model).toBe(before.model)
    expect(learnt).toBe(false)
    await learning
    const after = await suggest(RANSOM)
    expect(after.model).not.toBe(before.model)
    expect(engine.model('alerts')).toMatchObject({ version: after.model, behind: 0 })
    await reopen()
    expect(await suggest(RANSOM)).toEqual(after)
  })

  it('answers by the new model where one has come while the text was embedded', async () => {
    await add(small(8))
    await learn()
    const before = await suggest(RANSOM)
    const held = Promise.withResolvers<void>()
    embedder.until = held.promise
    const asked = suggest('a text that was never embedded')
    await vi.waitFor(() => expect(embedder.asked).toContain('a text that was never embedded'))
    const [one, other] = bases.references('alerts').map(({ id }) => id)
    await bases.changes.removeReferences('alerts', [one as string, other as string], 'ann')
    await learn()
    held.resolve()
    expect((await asked).model).not.toBe(before.model)
  })

  it('stops learning when it is told to', async () => {
    await add(small(8))
    const stop = new AbortController()
    const learning = engine.learn('alerts', { signal: stop.signal, progress: () => stop.abort(new Error('stop')) })
    await expect(learning).rejects.toThrow('stop')
    expect(engine.model('alerts')).toBeUndefined()
  })

  it('asks to learn once enough references changed, and counts those that the model is behind', async () => {
    await add(small(2))
    await learn()
    await add(small(8))
    await vi.waitUntil(() => engine.model('alerts')?.behind === 36)
    await accept('one more', ['impact', 'wipe', 'disk'])
    expect(needed).toEqual([])
    await add(Array.from({ length: 20 }, (_, i) => label(`further text ${i}`, ['impact', 'wipe', 'disk'])))
    await vi.waitUntil(() => needed.length > 0)
    expect(needed).toEqual(['learn'])
  })

  it('goes on with the embedder of its model until it has learnt with the one of the settings', async () => {
    await add(small(3))
    await learn()
    const before = await suggest(RANSOM)
    settings = { url: 'http://other.example/v1', model: 'longer' }
    expect(await suggest(RANSOM)).toEqual(before)
    await vi.waitUntil(() => needed.includes('embed'))
    embedder.dimension = 48
    await learn()
    expect(engine.embedder('alerts')).toEqual({ model: 'longer', dimension: 48 })
    expect((await suggest(RANSOM)).path).toEqual(before.path)
  })

  it('says that the embedder is down, and answers when it is back', async () => {
    await add(small(2))
    embedder.down = true
    expect((await failure(suggest(RANSOM))).body).toMatchObject({ code: 'unavailable', where: { field: 'embedder' } })
    expect(engine.failure('alerts')?.code).toBe('unavailable')
    embedder.down = false
    expect((await suggest(RANSOM)).path).toEqual(['impact', 'encryption', 'ransom'])
    expect(engine.failure('alerts')).toBeUndefined()
  })

  it('loses no reference that came while the embedder was down', async () => {
    await add(small(2))
    await suggest(RANSOM)
    embedder.down = true
    await accept('quite another text', ['impact', 'wipe', 'disk'])
    expect((await failure(suggest('quite another text'))).body.code).toBe('unavailable')
    embedder.down = false
    expect((await suggest('quite another text')).why[0]?.text).toBe('quite another text')
  })

  it('refuses an empty base and an empty text in words', async () => {
    expect((await failure(suggest(RANSOM))).body.message).toMatch(/no references yet.*Import some/)
    await add(small(1))
    expect((await failure(suggest(' \n '))).body.message).toMatch(/empty/)
  })

  it('answers with one reference, a text of 10 MB, and bytes that are no text', async () => {
    await add([label('the only one', ['a', 'b', 'c'])])
    for (const text of ['the only one', 'x'.repeat(10_000_000), String.fromCharCode(0, 0xd800, 0xfffe, 7, 0x202e)])
      expect((await suggest(text)).path).toEqual(['a', 'b', 'c'])
    await learn()
    expect((await suggest('the only one')).path).toEqual(['a', 'b', 'c'])
  })

  it('tells references that the others contradict', async () => {
    await add(small(5))
    await accept('host1 saw encrypt and ransom note then extension', ['access', 'phishing', 'link'])
    const found = await engine.suspicions('alerts')
    const [worst] = [...found].sort((a, b) => b[1].amount - a[1].amount)
    expect(worst?.[0]).toBe(bases.referenceId('host1 saw encrypt and ransom note then extension'))
    expect(worst?.[1].instead).toEqual(['impact', 'encryption', 'ransom'])
  })
})
