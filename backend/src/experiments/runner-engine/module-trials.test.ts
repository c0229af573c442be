import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ExperimentFile } from '@secxops/protocol/experiment-file'
import type { ExperimentDetail } from '@secxops/protocol/experiments'
import { expect, onTestFinished, test } from 'vitest'
import { openHome } from '../../home.ts'
import { createLibrary } from '../../library/library.ts'
import { libraryMigrations } from '../../library/migrations.ts'
import { ModuleCatalog } from '../../modules/catalog.ts'
import { moduleMigrations } from '../../modules/migrations.ts'
import { createModuleService } from '../../modules/service.ts'
import type { Command } from '../../runners/runner.ts'
import { createEvents } from '../../server/events.ts'
import { openStore } from '../../store/store.ts'
import { ModuleTrials, trialSecrets } from './module-trials.ts'

const MODULE = `apiVersion: secxops/v1
kind: Module
name: train
start: cat $data shared.txt --lr=$lr --units=$units $token
parameters:
  lr: {type: number, default: 0.1}
  units: {type: integer, default: 8}
  token: {type: secret, required: false}
  shuffle: {type: boolean, default: true}
inputs:
  data: {type: dataset, path: in/data.csv}
outputs:
  model: {type: model, path: out/model.bin}
`
const caller = { signal: new AbortController().signal, progress: () => undefined }
type Changes = Partial<ExperimentFile> & { space?: ExperimentDetail['settings'] }

function open({ space = { lr: { _type: 'uniform', _value: [0, 1] } }, ...changes }: Changes = {}) {
  const root = mkdtempSync(join(tmpdir(), 'sx-module-trials-'))
  const home = openHome({ SECXOPS_HOME: join(root, 'home') })
  const store = openStore(home.database, 'next', [...moduleMigrations, ...libraryMigrations])
  onTestFinished(() => store.close())
  const write = (name: string, text: string): void => {
    const path = join(root, 'project', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  write('train/module.yaml', MODULE)
  write('train/shared.txt', 'shared\n')
  write('train/weights.bin', 'w'.repeat(1_100_000))
  write('raw.csv', 'a,b\n')
  const directory = join(root, 'experiment')
  mkdirSync(directory)
  const file: ExperimentFile = {
    apiVersion: 'secxops/v1',
    kind: 'Experiment',
    module: './train',
    inputs: { data: { file: './raw.csv' } },
    nni: {},
    ...changes,
  }
  const trials = new ModuleTrials(
    {
      id: 'search-1',
      name: 'search',
      path: join(root, 'project', 'search.experiment.yaml'),
      file,
      settings: { searchSpace: space },
      objective: { metric: 'default', direction: 'maximize' },
      directory,
      duration: 0,
    },
    {
      modules: createModuleService(new ModuleCatalog(store, home, root)),
      library: createLibrary(home, store, createEvents()),
      environments: {
        digest: async () => 'none',
        prepare: async () => ({ bin: [], variables: {}, digest: 'none' }),
      },
    },
  )
  const place = (number: number) => ({
    experiment: 'search-1',
    number,
    directory: join(directory, 'trials', String(number)),
  })
  return { trials, place, write, directory, file }
}
const run = ({ argv: [program = '', ...words], cwd, env }: Command): string =>
  execFileSync(program, words.slice(0, 2), { cwd, env, encoding: 'utf8' })

test('a trial gets its parameters as words, as variables and as a file, and its inputs at their path', async () => {
  const { trials, place } = open({ with: { units: 32 } })
  await trials.prepare(caller)
  const command = await trials.command(place(3), { lr: 0.25, TRIAL_BUDGET: 9 })
  expect(command.argv.slice(3)).toEqual(['--lr=0.25', '--units=32'])
  expect(command.env).toMatchObject({ SECXOPS_PARAM_lr: '0.25', SECXOPS_TRIAL: '3', NNI_TRIAL_SEQ_ID: '2' })
  expect(JSON.parse(readFileSync(command.env.SECXOPS_PARAMS_FILE ?? '', 'utf8'))).toEqual({
    lr: 0.25,
    units: 32,
    shuffle: true,
    TRIAL_BUDGET: 9,
  })
  expect(run(command)).toBe('a,b\nshared\n')
})

test('a boolean is searched over by its words', async () => {
  const { trials, place } = open()
  await trials.prepare(caller)
  const { env } = await trials.command(place(1), { lr: 1, shuffle: 'false' })
  expect(JSON.parse(readFileSync(env.SECXOPS_PARAMS_FILE ?? '', 'utf8'))).toMatchObject({ shuffle: false })
})

test('trials run the sources as they were when the search began, each in a copy of its own; large files are not copied', async () => {
  const { trials, place, write } = open()
  await trials.prepare(caller)
  write('train/shared.txt', 'edited\n')
  const first = await trials.command(place(1), { lr: 1 })
  writeFileSync(join(first.cwd, 'shared.txt'), 'spoilt\n')
  const second = await trials.command(place(2), { lr: 1 })
  expect(readFileSync(join(second.cwd, 'shared.txt'), 'utf8')).toBe('shared\n')
  expect(lstatSync(join(second.cwd, 'weights.bin')).isSymbolicLink()).toBe(true)
  // A backend that takes over finds the same sources.
  await trials.prepare(caller)
  expect(readFileSync(join((await trials.command(place(3), { lr: 1 })).cwd, 'shared.txt'), 'utf8')).toBe('shared\n')
})

test('what cannot run is told before the first trial', async () => {
  const named = (space: ExperimentDetail['settings']) => open({ space }).trials.prepare(caller)
  await expect(named({ lrr: { _type: 'uniform', _value: [0, 1] } })).rejects.toThrow('did you mean lr')
  await expect(open({ inputs: {} }).trials.prepare(caller)).rejects.toMatchObject({ body: { code: 'missing-input' } })
  const extra = { data: { file: './raw.csv' }, dta: { file: './raw.csv' } }
  await expect(open({ inputs: extra }).trials.prepare(caller)).rejects.toThrow('no input dta')
  await expect(open({ inputs: { data: { file: './gone.csv' } } }).trials.prepare(caller)).rejects.toThrow('gone.csv')
})

test('a value that the module does not take fails its trial', async () => {
  const { trials, place } = open({ space: { units: { _type: 'uniform', _value: [0, 1] } } })
  await trials.prepare(caller)
  await expect(trials.command(place(1), { units: 0.5 })).rejects.toMatchObject({ body: { code: 'bad-parameter' } })
  await expect(trials.command(place(2), { units: 6.0 })).resolves.toMatchObject({
    cwd: expect.stringContaining('2/work'),
  })
})

test('secrets among the fixed parameters are known, to be hidden in logs', async () => {
  const { trials, directory, file } = open({ with: { token: 'hunter-22' } })
  expect(trialSecrets(directory, file)).toEqual([])
  await trials.prepare(caller)
  expect(trialSecrets(directory, file)).toEqual(['hunter-22'])
})
