import type { ResolvedModule } from '@secxops/protocol/api'
import { expect, test } from 'vitest'
import { workflowValues } from './key-values.ts'

const module = (parameters: ResolvedModule['module']['parameters']): ResolvedModule => ({
  ref: './m',
  path: '/m',
  live: true,
  module: { apiVersion: 'secxops/v1', kind: 'Module', name: 'm', start: 'true', parameters },
})

test('a parameter that only nodes have is answered with the option that sets it there', () => {
  const seed = module({ seed: { type: 'integer' } })
  const modules = { prepare: seed, train: seed, evaluate: module({}) }
  expect(() => workflowValues(['seed=8'], undefined, modules)).toThrow(
    'prepare and train have seed: --set prepare.seed=8 --set train.seed=8',
  )
  expect(() => workflowValues(['sead=8'], undefined, modules)).toThrow('The workflow has no parameter sead.')
})
