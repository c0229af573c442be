import { existsSync } from 'node:fs'
import type { LabelBench } from './label-bench.ts'

/** An import into a base, a labelling with it, texts written for it; again after a crash: only what is missing. */
export async function startEverything(bench: LabelBench): Promise<void> {
  const { bases, jobs, requests } = bench
  const once = (name: string, content: string): string =>
    existsSync(bench.path(name)) ? bench.path(name) : bench.file(name, content)
  const references = once('refs.jsonl', REFERENCES.map((row) => `${JSON.stringify(row)}\n`).join(''))
  const log = once('a.log', LOG)
  if (bases.catalog.list().length === 0) await bases.catalog.create({ name: 'b' })
  const started = new Set(jobs.list('b').map(({ kind }) => kind))
  if (!started.has('import')) await requests.importReferences('b', { path: references, by: 'ada' })
  await bench.idle()
  if (!started.has('label')) await requests.label('b', { file: log })
  await bench.idle()
  if (!started.has('generate')) await requests.generate('b', { samples: 3, by: 'ada' })
  await bench.idle()
}

/** All that must be the same however often the backend was killed on the way. */
export function everything({ bases, jobs, review }: LabelBench): unknown {
  const label = jobs.list('b').find(({ kind }) => kind === 'label')
  return {
    jobs: jobs
      .list('b')
      .map(({ kind, state, done, total, skipped }) => JSON.stringify({ kind, state, done, total, skipped }))
      .sort(),
    references: bases.references('b').map(({ text, path, trust }) => JSON.stringify({ text, path, trust })),
    changes: bases.listChanges('b', {}).map(({ kind, count }) => `${kind} ${count}`),
    items: label && review.page(label.id, { order: 'line' }),
  }
}

const REFERENCES = [
  { text: 'failed password for root', path: ['auth', 'brute force'] },
  { text: '', path: ['auth'] },
  { text: 'user opened a shell', path: ['execution', 'shell'] },
  { text: 'firewall dropped a packet', path: ['network', 'drop'] },
]

const LOG = 'failed password for root 1\nuser opened a shell\n\nfailed password for root 22\nfirewall asleep\n'
