import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Trial } from '@secxops/protocol/experiments'
import { expect, test } from 'vitest'
import { readModule } from '../../modules/locate.ts'
import type { ModuleService } from '../../services.ts'
import { applyToDefaults, applyToWorkflow } from './apply-trial.ts'

const MODULE = `apiVersion: secxops/v1
kind: Module
name: train
start: python train.py --lr $lr   # how it learns
parameters:
  lr: {type: number, default: 0.1}   # best of last year
  units: {type: integer, default: 8}
inputs:
  data: {type: dataset, path: data.csv}
`
const modules = {
  resolve: async (ref: string, base: string) => {
    const { module, directory } = readModule(join(base, ref))
    return { ref, module, path: directory, live: true }
  },
} as unknown as ModuleService
const trial = (parameters: Trial['parameters']): Trial => ({
  number: 3,
  state: 'succeeded',
  source: 'tuner',
  parameters,
  reports: 0,
})

function project() {
  const root = mkdtempSync(join(tmpdir(), 'secxops-apply-'))
  const write = (name: string, text: string): string => {
    const path = join(root, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return path
  }
  write('train/module.yaml', MODULE)
  const source = {
    path: join(root, 'experiments', 'search.experiment.yaml'),
    file: {
      apiVersion: 'secxops/v1',
      kind: 'Experiment',
      module: '../train',
      inputs: { data: { file: './raw.csv' } },
    } as const,
  }
  return { root, source, write, read: (name: string) => readFileSync(join(root, name), 'utf8') }
}

test('parameters become the defaults of the module; its comments and all else stay byte for byte', () => {
  const { source, read } = project()
  const { changed } = applyToDefaults(source, trial({ lr: 0.25, units: 8, TRIAL_BUDGET: 3 }))
  expect(changed).toEqual(['lr'])
  expect(read('train/module.yaml')).toBe(MODULE.replace('default: 0.1', 'default: 0.25'))
})

test('a saved module and a plain command have no defaults to write, and say what to do', () => {
  const { source } = project()
  const saved = { ...source, file: { ...source.file, module: 'train@1.0.0' } }
  expect(() => applyToDefaults(saved, trial({ lr: 1 }))).toThrow('Add a training node to a workflow')
  const { module: _module, ...code } = source.file
  expect(() => applyToDefaults({ ...source, file: code }, trial({ lr: 1 }))).toThrow('Package the code')
})

test('a value that the module no longer takes changes nothing', () => {
  const { source, read } = project()
  expect(() => applyToDefaults(source, trial({ lr: 0.5, units: 2.5 }))).toThrow(/units/)
  expect(read('train/module.yaml')).toBe(MODULE)
})

test('a workflow that is not there is made, with the module, its inputs and the parameters', async () => {
  const { source, root, read } = project()
  const target = join(root, 'flows', 'best.workflow.yaml')
  mkdirSync(dirname(target))
  const applied = await applyToWorkflow(source, trial({ lr: 0.25, units: 4 }), target, modules)
  expect(applied.changed).toEqual(['train.lr', 'train.units'])
  expect(read('flows/best.workflow.yaml')).toContain(`nodes:
  train:
    module: ../train
    with:
      lr: 0.25
      units: 4
    inputs:
      data: {file: ../experiments/raw.csv}
`)
})

test('a node of the same module in a workflow gets the parameters; the rest of the text stays', async () => {
  const { source, root, write, read } = project()
  const text = `apiVersion: secxops/v1
kind: Workflow
nodes:
  learn:  # by night
    module: ./train
    with: {lr: 0.1}
`
  const target = write('night.workflow.yaml', text)
  const applied = await applyToWorkflow(source, trial({ lr: 0.25 }), target, modules)
  expect(applied).toEqual({ path: target, changed: ['learn.lr'] })
  expect(read('night.workflow.yaml')).toBe(text.replace('lr: 0.1', 'lr: 0.25'))
  expect((await applyToWorkflow(source, trial({ lr: 0.25 }), target, modules)).changed).toEqual([])
  expect(root).toBe(dirname(target))
})
