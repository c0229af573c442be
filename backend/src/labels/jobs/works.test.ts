import { existsSync, readFileSync } from 'node:fs'
import type { LabelJob } from '@secxops/protocol/labels'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type LabelBench, labelBench } from '../testing/label-bench.ts'

let bench: LabelBench
beforeEach(async () => {
  bench = labelBench()
  await bench.bases.catalog.create({ name: 'b' })
})
afterEach(() => bench.close())

const REFERENCES = [
  { text: 'failed password for root', path: ['auth', 'brute force'] },
  { text: 'user opened a shell', path: ['execution', 'shell'] },
]
const jsonLines = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

async function importThem(rows: readonly unknown[] = REFERENCES): Promise<LabelJob> {
  const path = bench.file('refs.jsonl', jsonLines(rows))
  return bench.done(await bench.requests.importReferences('b', { path, by: 'ada' }))
}
const label = async (name: string, content: string, more: object = {}): Promise<LabelJob> =>
  bench.done(await bench.requests.label('b', { file: bench.file(name, content), ...more }))

describe('an import', () => {
  test('takes the rows as one change, counts what it leaves out, and the base learns', async () => {
    const job = await importThem([...REFERENCES, { text: '', path: ['x'] }, { text: 'y', path: ['a\u0000b'] }])
    expect(job).toMatchObject({ state: 'succeeded', done: 2, total: 2, skipped: { 'no-text': 1, 'bad-path': 1 } })
    expect(bench.bases.get('b').references).toBe(2)
    expect(bench.jobs.list('b').map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'learn succeeded',
      'embed succeeded',
      'import succeeded',
    ])
    await bench.bases.changes.undo('b', undefined, 'ada')
    expect(bench.bases.get('b').references).toBe(0)
  })

  test('of a file that changed since is refused, not taken up at the wrong row', async () => {
    const path = bench.file('refs.jsonl', jsonLines(REFERENCES))
    const before = { path, trust: 1, by: 'ada', size: 7, mtimeMs: 7 }
    const job = await bench.done(await bench.jobs.start('b', 'import', path, before))
    expect([job.state, job.error?.code]).toEqual(['failed', 'conflict'])
  })
})

describe('a labelling', () => {
  const LOG = 'failed password for root 1\nuser opened a shell\nfailed password for root 22\n\nshell shell\n'

  test('asks once for lines that differ in numbers, of the one that sorts first', async () => {
    await importThem()
    bench.asked.texts.length = 0
    const job = await label('a.log', LOG)
    expect(job).toMatchObject({ done: 3, total: 3, skipped: { 'no-text': 1 } })
    expect(bench.asked.texts).toEqual(['failed password for root 1', 'user opened a shell', 'shell shell'])
    const { items } = bench.review.page(job.id, { order: 'line' })
    expect(items.map(({ line, rows, suggestion }) => [line, rows, suggestion.path.join('/')])).toEqual([
      [1, 2, 'auth/brute force'],
      [2, 1, 'execution/shell'],
      [5, 1, 'execution/shell'],
    ])
  })

  test('gets the same answers when the lines come in another order', async () => {
    await importThem()
    const answers = async (content: string) =>
      bench.review
        .page((await label('o.log', content)).id, { order: 'line' })
        .items.map(({ key, text, suggestion }) => JSON.stringify([key, text, suggestion]))
        .sort()
    const lines = LOG.trim().split('\n')
    expect(await answers(`${lines.toReversed().join('\n')}\n`)).toEqual(await answers(LOG))
  })

  test('the queue shows the least sure first, but not many of a kind in a row', async () => {
    await importThem()
    const alike = Array.from({ length: 5 }, (_, i) => `odd thing ${'abcde'[i]} happened to shell`)
    const { id } = await label('q.log', [...alike, 'weird password event again'].join('\n'))
    const order = bench.review.page(id, {}).items.map(({ text }) => text.split(' ')[0])
    expect(order.indexOf('weird')).toBeLessThan(2)
  })

  test('a base without references is refused before there is a job', async () => {
    await expect(label('a.log', LOG)).rejects.toThrow(/has no references yet/)
    expect(bench.jobs.list()).toEqual([])
  })
})

describe('a review', () => {
  const LOG = 'failed password for root 1\nuser opened a shell\nfailed password for root 22\nfailed login\n'
  let id: string
  beforeEach(async () => {
    await importThem()
    ;({ id } = await label('a.log', LOG))
  })
  const counts = () => bench.review.page(id, {}).counts

  test('accepts all that a filter lets through as one change, and one undo takes it back', async () => {
    expect(bench.bases.get('b').waiting).toBe(3)
    const change = await bench.review.decide(id, { filter: { under: 'auth' }, decision: 'accept', by: 'ada' })
    expect([change.count > 0, counts()]).toEqual([true, { waiting: 1, accepted: 2, edited: 0, rejected: 0 }])
    expect(bench.bases.get('b')).toMatchObject({ waiting: 1, references: 4 })
    await bench.bases.changes.undo('b', undefined, 'ada')
    expect(counts()).toEqual({ waiting: 3, accepted: 0, edited: 0, rejected: 0 })
    expect(bench.bases.get('b').references).toBe(2)
    const again = bench.bases.listChanges('b', {})[0]
    await bench.bases.changes.undo('b', again?.id, 'ada')
    expect(counts()).toEqual({ waiting: 1, accepted: 2, edited: 0, rejected: 0 })
  })

  test('another label is an edit, the newest decision counts, and a rejection makes no reference', async () => {
    await bench.review.decide(id, { items: [1], decision: 'accept', path: ['execution', 'remote'], by: 'ada' })
    expect(counts()).toMatchObject({ edited: 1 })
    await bench.review.decide(id, { items: [1, 2], decision: 'reject', by: 'bo' })
    expect(counts()).toEqual({ waiting: 1, accepted: 0, edited: 0, rejected: 2 })
    const page = bench.review.page(id, { state: 'rejected' })
    expect([page.total, page.items.map(({ decision }) => decision?.by)]).toEqual([2, ['bo', 'bo']])
  })

  test('a filter takes a branch, not a name that begins alike, and any character of a text', async () => {
    expect(bench.review.page(id, { under: 'aut' }).total).toBe(0)
    expect(bench.review.page(id, { under: 'auth\u001fbrute force' }).total).toBe(2)
    expect(bench.review.page(id, { text: '%' }).total).toBe(0)
    expect(bench.review.page(id, { text: 'SHELL' }).total).toBe(1)
    await expect(bench.review.decide(id, { filter: { text: 'none' }, decision: 'accept', by: 'a' })).rejects.toThrow(
      /nothing was decided/,
    )
  })

  test('is saved in every format, each row of the file in its order', async () => {
    await bench.review.decide(id, { items: [0], decision: 'accept', by: 'ada' })
    await bench.review.decide(id, { items: [2], decision: 'reject', by: 'ada' })
    const path = bench.path('out.jsonl')
    expect(await bench.save(id, { format: 'jsonl', path })).toEqual({ rows: 4, path })
    const rows = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(
      rows.map(({ line, category, subcategory, source, decision }) => [
        line,
        category,
        subcategory,
        source.label,
        decision,
      ]),
    ).toEqual([
      [1, 'auth', 'brute force', null, 'accepted'],
      [2, 'execution', 'shell', null, 'waiting'],
      [3, 'auth', 'brute force', null, 'accepted'],
      [4, null, null, null, 'rejected'],
    ])
    await expect(bench.save(id, { format: 'jsonl', path })).rejects.toThrow(/is there already/)
    const csv = bench.path('out.csv')
    await bench.save(id, { format: 'csv', path: csv, decided: true })
    expect(readFileSync(csv, 'utf8').split('\n').slice(0, 2)).toEqual([
      'line,text,category,subcategory,label,enum value,confidence,decision,by',
      '1,failed password for root 1,auth,brute force,,,0.8,accepted,ada',
    ])
    const studio = bench.path('studio.json')
    await bench.save(id, { format: 'label-studio', path: studio })
    const tasks = JSON.parse(readFileSync(studio, 'utf8'))
    expect([tasks.length, tasks[0].annotations[0].result[0].value, tasks[1].predictions[0].score, tasks[3]]).toEqual([
      4,
      { taxonomy: [['auth', 'brute force']] },
      1,
      { data: { text: 'failed login', line: 4 }, predictions: [], annotations: [] },
    ])
  })

  test('becomes a version of a dataset, whose file can be labelled in turn', async () => {
    const { dataset } = await bench.save(id, { format: 'jsonl', dataset: 'labelled' })
    expect(dataset).toMatchObject({ name: 'labelled', version: 1 })
    const job = await bench.done(await bench.requests.label('b', { file: 'labelled@1' }))
    expect(job).toMatchObject({ state: 'succeeded', done: 3, subject: 'labelled@1' })
    expect(existsSync(bench.path('out.jsonl'))).toBe(false)
  })
})
