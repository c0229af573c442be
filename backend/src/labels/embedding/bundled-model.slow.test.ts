import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Store } from '../../services.ts'
import { openStore } from '../../store/store.ts'
import { dot } from '../ranking/dense-vectors.ts'
import { LocalServer } from '../servers/local-server.ts'
import type { Embedding } from '../services.ts'
import { orSkip, serverPlace } from '../testing/real-environments.ts'
import { createEmbedding } from './embedding.ts'
import { embeddingMigrations } from './migrations.ts'

const { root, logs, environments } = serverPlace()
const socket = join(root, 'e')
let store: Store
let embedding: Embedding

beforeAll(() => {
  store = openStore(join(root, 'a.db'), 'next', embeddingMigrations)
  const recipe = { name: 'embedder', title: 'The embedder', socket: () => socket, args: () => [] } as const
  embedding = open(new LocalServer(recipe, { environments, logs }))
})
afterAll(async () => {
  await embedding.close()
  await store.close()
  rmSync(root, { recursive: true, force: true })
})

function open(server: LocalServer): Embedding {
  return createEmbedding({
    store,
    settings: { get: () => ({ embedder: { url: '', model: '' } }) as never },
    keys: { get: () => undefined },
    server,
  })
}

const TEXTS = [
  'Failed password for root from 10.0.0.1 port 22 ssh2',
  'GET /index.php?id=1%27%20or%201=1 HTTP/1.1',
  'files were encrypted and a ransom note was left',
  '文件被加密，留下勒索信',
  'x'.repeat(500),
  'a\u0000b \ud800',
]

it('the bundled model gives a text the same bytes alone, in a batch and in another order', async (context) => {
  const alone = [...(await orSkip(context, embedding.vectors(TEXTS.slice(0, 1))))]
  for (const text of TEXTS.slice(1)) alone.push(...(await embedding.vectors([text])))
  await embedding.settled()
  store.db.exec('DELETE FROM label_vectors')
  const together = await embedding.vectors([...TEXTS].reverse())
  expect(together.reverse()).toEqual(alone)
  expect(embedding.dimension()).toBe(384)
}, 300_000)

it('brings texts of one meaning together across languages', async (context) => {
  const [, request, ransom, chinese] = await orSkip(context, embedding.vectors(TEXTS))
  const likeness = (a?: Float32Array, b?: Float32Array): number => dot(a as Float32Array, b as Float32Array)
  expect(likeness(ransom, chinese)).toBeGreaterThan(likeness(request, chinese))
}, 300_000)

it('embeds all texts though its server is killed meanwhile', async (context) => {
  await orSkip(context, embedding.vectors(['first']))
  const many = Array.from({ length: 60 }, (_, i) => `text number ${i} of many`)
  let killed = false
  const vectors = await embedding.vectors(many, {
    progress() {
      if (!killed) kill()
      killed = true
    },
  })
  expect(killed).toBe(true)
  expect(vectors.every((vector) => vector.length === 384)).toBe(true)
}, 300_000)

function kill(): void {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
  const line = stdout.split('\n').find((one) => one.includes(`serve.py embedder ${socket}`))
  process.kill(Number.parseInt(line ?? '', 10), 'SIGKILL')
}
