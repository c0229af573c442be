import type { RouteInput } from '@secxops/protocol/api'
import { PATH_JOINT } from '@secxops/protocol/label-words'
import type { ReviewItem } from '@secxops/protocol/labels'
import { labelChange, labelJob, reviewItem, taxonomy } from '../../fixtures/labels.ts'
import { version } from '../../fixtures/library.ts'
import { startBench } from '../../testing/bench.ts'
import { stateOf } from './filter.ts'
import { mountReview } from './mount.tsx'

const JOBS = {
  running: labelJob('j1', {
    state: 'running',
    done: 4000,
    total: 120_000,
    waits: 'The embedder does not answer; trying again.',
  }),
  failed: labelJob('j1', {
    state: 'failed',
    done: 4000,
    error: { code: 'no-such-file', message: 'There is no file /project/data/alerts-of-november.csv any more.' },
  }),
}

type Query = NonNullable<RouteInput<'labels.review'>['query']>

/** A backend of `n` items that keeps decisions and takes them back. */
function queue(n: number) {
  const items = Array.from({ length: n }, (_, index) => reviewItem(index))
  const undo = new Map<string, ReviewItem[]>()
  const fits = (item: ReviewItem, { state, under, least = 0, most = 1, text = '' }: Query): boolean =>
    (state === undefined || state === stateOf(item)) &&
    item.suggestion.path.join(PATH_JOINT).startsWith(under ?? '') &&
    item.suggestion.confidence >= Number(least) &&
    item.suggestion.confidence <= Number(most) &&
    item.text.toLowerCase().includes(text.toLowerCase())
  return { items, undo, fits }
}

let changes = 0

startBench(
  (element, { host }) => mountReview(element, { host, jobId: 'j1' }),
  (fixture) => {
    const { items, undo, fits } = queue(
      { empty: 0, default: 2000, running: 2000, failed: 40, big: 100_000 }[fixture] ?? 2000,
    )
    return {
      routes: {
        'labels.jobs.get': () => (fixture in JOBS ? JOBS[fixture as keyof typeof JOBS] : labelJob('j1')),
        'labels.jobs.cancel': () => ({ ...JOBS.running, state: 'cancelled' }),
        'labels.taxonomy.get': taxonomy,
        'labels.review': ({ query = {} }) => {
          const all = items.filter((item) => fits(item, query))
          const offset = Number(query.offset ?? 0)
          const counts = { waiting: 0, accepted: 0, edited: 0, rejected: 0 }
          for (const item of items) counts[stateOf(item)]++
          return { total: all.length, counts, items: all.slice(offset, offset + Number(query.limit ?? 100)) }
        },
        'labels.decide': ({ body }) => {
          const change = labelChange(`c${++changes}`, { kind: 'bulk' })
          const ids = body.items && new Set(body.items)
          const meant = items.filter((item) => (ids ? ids.has(item.id) : fits(item, body.filter ?? {})))
          undo.set(change.id, meant)
          for (const item of meant) {
            const path = body.path ?? item.suggestion.path
            const state = body.decision === 'reject' ? 'rejected' : body.path ? 'edited' : 'accepted'
            items[item.id - 1] = { ...item, decision: { state, by: 'lin', at: change.at, path } }
          }
          return { ...change, count: meant.length }
        },
        'labels.undo': ({ body }) => {
          for (const item of undo.get(body?.change ?? '') ?? []) items[item.id - 1] = item
          return labelChange(`u${++changes}`, { kind: 'undo' })
        },
        'labels.save': ({ body }) => ({ rows: 120_000, dataset: version('dataset', body.dataset ?? 'x', 4) }),
      },
    }
  },
)
