import type { Client } from '@secxops/client/client'
import type { ArtifactDetail } from '@secxops/protocol/library'
import { expect, test } from 'vitest'
import { describeArtifact } from './describe-artifact.ts'
import { withResults } from './with-results.ts'

const detail: ArtifactDetail = {
  kind: 'model',
  name: 'best',
  version: 1,
  createdAt: '2026-01-01T00:00:00Z',
  digest: 'sha256:0',
  size: 1,
  files: 1,
  single: true,
  description: '',
  lineage: {
    source: 'run',
    run: { runId: 'r1', workflow: 'w', nodeId: 'train', port: 'model', attempt: 1 },
    inputs: [],
  },
  manifest: [{ path: 'm.bin', size: 1, sha256: '' }],
  path: '/m',
  versions: [1],
  same: [{ kind: 'model', name: 'w-train-model', version: 2 }],
  usedBy: [
    { runId: 'r1', workflow: 'w', nodeId: 'evaluate', port: 'model' },
    { runId: 'gone', workflow: 'w', nodeId: 'evaluate', port: 'model' },
  ],
  produced: [],
}

const attempt = { number: 1, startedAt: '', parameters: { lr: 0.1 } }
const answers = {
  'runs.get': { nodes: ['train', 'evaluate'].map((id) => ({ id, attempts: [attempt] })) },
  train: [{ name: 'loss', value: 0.25 }],
  evaluate: [{ name: 'f1', value: 0.875 }],
}
/** A daemon with one run; the others were cleaned away. */
const client = {
  call: async (route: string, { params }: { params: { id: string; node: 'train' | 'evaluate' } }) => {
    if (params.id !== 'r1') throw new Error('no such run')
    return route === 'runs.get' ? answers[route] : { metrics: answers[params.node], complete: true, next: 1 }
  },
} as unknown as Client

test('a model is shown with the parameters and metrics of its maker, the scores of its users, and its equals', async () => {
  const measured = await withResults(client, detail)
  expect(measured).toMatchObject({
    parameters: { lr: 0.1 },
    metrics: { loss: 0.25 },
    evaluations: [{ runId: 'r1', workflow: 'w', nodeId: 'evaluate', metrics: { f1: 0.875 } }],
  })
  const text = describeArtifact(measured)
  expect(text).toMatch(/^ {2}with {5}lr = 0\.1$/m)
  expect(text).toMatch(/^ {2}metric {3}loss 0\.25 \(train\)$/m)
  expect(text).toMatch(/^ {2}metric {3}f1 0\.875 \(evaluate of run r1\)$/m)
  expect(text).toMatch(/^ {2}same as {2}model w-train-model@2$/m)
})
