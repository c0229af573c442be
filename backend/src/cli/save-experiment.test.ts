import type { Client } from '@secxops/client/client'
import { expect, test, vi } from 'vitest'
import { saveExperiment } from './save-experiment.ts'

const kept = {
  kind: 'model',
  name: 'waf',
  version: 2,
  files: 12,
  size: 2048,
  digest: 'sha256:abc',
  description: 'LightGBM of waf, f1 0.99',
}

function asked() {
  const calls: unknown[] = []
  const call = async (route: string, input: unknown) => {
    calls.push([route, input])
    return route === 'experiments.get' ? { name: 'waf' } : kept
  }
  return { calls, client: { call } as unknown as Client }
}

test('what was found is kept under the name of the experiment, and how to take it out is said', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const { calls, client } = asked()
  const { text } = await saveExperiment(client, 'waf-1', {})
  expect(calls.at(-1)).toEqual(['experiments.saveModel', { params: { id: 'waf-1' }, body: { name: 'waf' } }])
  expect(text).toBe(
    'waf@2 (12 files, 2.0 KiB) sha256:abc\nLightGBM of waf, f1 0.99\ntake it out: secxops model get waf@2 FOLDER',
  )
})

test('a name, a trial and a model of it can be given', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const { calls, client } = asked()
  await saveExperiment(client, 'waf-1', { name: 'edge', trial: 3, model: 'CatBoost' })
  expect(calls).toEqual([
    ['experiments.saveModel', { params: { id: 'waf-1' }, body: { name: 'edge', trial: 3, model: 'CatBoost' } }],
  ])
})
