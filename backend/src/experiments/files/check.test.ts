import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { draftExperiment } from '../draft/draft.ts'
import { openLibrary } from '../testing/open-library.ts'
import { type CheckNeeds, checkExperiment } from './check.ts'

let folder = ''
let needs: CheckNeeds
let close: () => Promise<void>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secxops-check-'))
  const opened = openLibrary(join(folder, 'home'))
  close = opened.close
  needs = { ...opened, install: () => undefined }
})
afterEach(async () => {
  await close()
  rmSync(folder, { recursive: true })
})

const put = (name: string, text: string): string => {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

const MODULE = `apiVersion: secxops/v1
kind: Module
name: train
start: python3 train.py --lr $lr --epochs $epochs --mode $mode --data $data
parameters:
  lr: {type: number, default: 0.1, minimum: 0.0001, maximum: 1}
  epochs: {type: integer, default: 3}
  mode: {type: choice, default: fast, choices: [fast, slow]}
inputs:
  data: {type: dataset}
`
const HEAD = 'apiVersion: secxops/v1\nkind: Experiment\nmodule: ./train\n'

const check = async (text: string): Promise<string[]> => {
  put('train/module.yaml', MODULE)
  const { problems } = await checkExperiment(needs, join(folder, 'a.experiment.yaml'), text)
  return problems.map(({ severity, code, where, message }) => `${severity} ${where?.line} ${code}: ${message}`)
}

test('values that the module does not take are told at their entry before anything runs', async () => {
  put('data.csv', 'a\n1\n')
  const problems = await check(`${HEAD}inputs: {data: {file: data.csv}}
nni:
  searchSpace:
    lr: {_type: uniform, _value: [0, 0.5]}
    epochs: {_type: uniform, _value: [1, 5]}
    mode: {_type: choice, _value: [fast, fsat]}
    epoch: {_type: randint, _value: [1, 5]}
`)
  expect(problems).toEqual([
    'error 7 bad-parameter: lr: draws from 0 to 0.5; expected a number from 0.0001 to 1.',
    'error 8 bad-parameter: epochs: uniform draws fractions; expected a whole number. Use randint, or quniform with q 1.',
    expect.stringMatching(/^error 9 bad-parameter: mode: Expected one of fast, slow.*Did you mean "fast"/),
    expect.stringMatching(/^warning 10 .* declares no parameter epoch.*Did you mean "epochs"/),
  ])
})

test('inputs that are missing, unknown or nowhere are told', async () => {
  const space = 'nni: {searchSpace: {lr: {_type: uniform, _value: [0.1, 0.5]}}}\n'
  expect(await check(`${HEAD}${space}`)).toEqual(['error 1 missing-input: Input data of train has no source.'])
  expect(await check(`${HEAD}inputs: {dta: {file: x.csv}, data: {dataset: waf@3}}\n${space}`)).toEqual([
    expect.stringMatching(/^error 4 no-such-file: There is nothing at/),
    expect.stringMatching(/^error 4 unknown-artifact: .*waf/),
    expect.stringMatching(/^error 4 unknown-port: train has no input dta. Did you mean "data"/),
  ])
})

test('a sound file tells the command of a trial', async () => {
  put('train/module.yaml', MODULE)
  put('data.csv', 'a\n1\n')
  const text = `${HEAD}inputs: {data: {file: data.csv}}\nwith: {epochs: 7}
nni: {searchSpace: {lr: {_type: choice, _value: [0.2, 0.5]}}}\n`
  const { problems, command, kind } = await checkExperiment(needs, join(folder, 'a.experiment.yaml'), text)
  expect({ problems, command: command?.join(' '), kind }).toEqual({
    problems: [],
    command: 'python3 train.py --lr 0.2 --epochs 7 --mode fast --data data',
    kind: 'hpo',
  })
})

const draft = (path: string, write = false) =>
  draftExperiment({ library: needs.library, fromCode: async () => [] }, { path, within: folder, write })

test('a draft over a module has its ranges, its metric, and nothing wrong but what only the user knows', async () => {
  put('train/module.yaml', MODULE)
  put('train/train.py', 'import secxops\nsecxops.metric("val_loss", 1)\n')
  const { path, text } = await draft(join(folder, 'train'))
  expect(path).toBe(join(folder, 'train.experiment.yaml'))
  expect(text).toContain('objective: {direction: minimize, metric: val_loss}')
  const { problems, file } = await checkExperiment(needs, path, text)
  expect(problems.map(({ message }) => message)).toEqual(['Input data of train has no source.'])
  expect(file?.nni).toMatchObject({
    searchSpace: {
      lr: { _type: 'loguniform', _value: [0.0001, 1] },
      mode: { _type: 'choice', _value: ['fast', 'slow'] },
    },
  })
})

test('a draft stays inside the folder that the editor shows, and takes no name twice', async () => {
  put('module.yaml', MODULE)
  expect((await draft(folder, true)).path).toBe(join(folder, 'train.experiment.yaml'))
  expect(readFileSync(join(folder, 'train.experiment.yaml'), 'utf8')).toContain('module: ./')
  expect((await draft(folder)).path).toBe(join(folder, 'train-2.experiment.yaml'))
})

test("a folder with NNI's configuration is drafted as it is; a script with its search space", async () => {
  put('old/config.yml', 'x: 1')
  expect((await draft(join(folder, 'old'))).text).toContain('nni: ./config.yml')
  put('s/search_space.json', '{}')
  const script = await draft(put('s/trial one.py', ''))
  expect(script.text).toContain(`command: "python3 'trial one.py'"`)
  expect(script.text).toContain('searchSpaceFile: search_space.json')
})

test('a script that takes its parameters from the command line is drafted with them, without what no word can say', async () => {
  const entry = { _type: 'uniform', _value: [0, 1] }
  const found = (name: string, option?: string) => ({
    name,
    entry,
    why: '',
    path: '',
    ...(option === undefined ? {} : { option }),
  })
  const path = put('cli/fit.py', '')
  const { text } = await draftExperiment(
    { library: needs.library, fromCode: async () => [found('n_trees', '--n-trees'), found('fast', ''), found('lr')] },
    { path, within: folder, write: false },
  )
  expect(text).toContain('command: python3 fit.py --n-trees $SECXOPS_PARAM_n_trees')
  expect(text).toContain('lr: {_type: uniform, _value: [0, 1]}')
  expect(text).not.toContain('fast')
})

test('a notebook that is no module yet is to be packaged first', async () => {
  const error = await draft(put('a.ipynb', '{}')).catch((caught: unknown) => caught)
  expect(error instanceof SecxopsError && error.body.next?.[0]?.kind).toBe('package')
})

test('AutoML over a table finds the column to predict', async () => {
  const { text } = await draft(put('t.csv', 'a,attack_type,b\n1,sqli,2\n3,xss,4\n'))
  expect(text).toContain('label: attack_type')
  expect(text).toContain('train: {file: ./t.csv}')
})

test('an architecture search finds the model space and what scores it', async () => {
  const path = put('net.py', 'class Net(ModelSpace):\n  pass\n\ndef evaluate_model(model):\n  return 1\n')
  const { text } = await draft(path)
  expect(text).toContain('space: net.py:Net')
  expect(text).toContain('evaluator: net.py:evaluate_model')
})

test('columns of the table are offered, also while the rest of the file is wrong; a first row without names offers none', async () => {
  put('train.csv', 'length,signs,attack\n3,1,yes\n4,2,no\n')
  put('bare.csv', '1,2\n3,4\n')
  const columns = async (automl: string) => {
    const text = `apiVersion: secxops/v1\nkind: Experiment\nautoml: ${automl}\n`
    return (await checkExperiment(needs, join(folder, 'a.experiment.yaml'), text)).columns
  }
  expect(await columns('{train: {file: train.csv}}')).toEqual(['length', 'signs', 'attack'])
  expect(await columns('{train: {file: train.csv}, label: attack}')).toEqual(['length', 'signs', 'attack'])
  expect(await columns('{train: {file: bare.csv}, label: attack}')).toBeUndefined()
  expect(await columns('{train: {file: gone.csv}, label: attack}')).toBeUndefined()
})
