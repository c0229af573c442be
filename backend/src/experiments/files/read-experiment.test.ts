import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readExperiment } from './read-experiment.ts'
import { understand } from './understand.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secxops-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const put = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const HEAD = 'apiVersion: secxops/v1\nkind: Experiment\n'
const SPACE = '{"lr": {"_type": "uniform", "_value": [0.1, 1]}}'

const told = async (path: string): Promise<string[]> =>
  (await understand(path)).problems.map(({ severity, where, message }) => `${severity} ${where?.line}: ${message}`)

test('an experiment without a name has that of its file, in any script', async () => {
  const text = `${HEAD}code: {command: "true"}\nnni: {searchSpace: ${SPACE}, tuner: {name: Random}}\n`
  expect((await readExperiment(put('钓鱼网站 搜索.experiment.yaml', text))).name).toBe('钓鱼网站 搜索')
  expect((await readExperiment(put('named.experiment.yaml', `${text}name: waf\n`))).name).toBe('waf')
})

test('a search over a module is compiled to schema v2, with its space inline and its direction written out', async () => {
  put('space.json', SPACE)
  const path = put(
    'Waf Search.experiment.yaml',
    `${HEAD}module: ./train
objective: {metric: accuracy, direction: maximize}
nni:
  searchSpaceFile: space.json
  tuner: {name: TPE, classArgs: {seed: 7}}
  assessor: {name: Medianstop}
  trialConcurrency: 3
  maxExperimentDuration: 2h
`,
  )
  const { name, kind, settings, objective, method } = await readExperiment(path)
  expect({ name, kind, objective, method }).toEqual({
    name: 'Waf Search',
    kind: 'hpo',
    objective: { metric: 'accuracy', direction: 'maximize' },
    method: 'TPE',
  })
  expect(settings).toEqual({
    experimentName: 'Waf Search',
    searchSpace: JSON.parse(SPACE),
    trialConcurrency: 3,
    maxExperimentDuration: 7200,
    tuner: { name: 'TPE', classArgs: { optimize_mode: 'maximize', seed: 7 } },
    assessor: { name: 'Medianstop', classArgs: { optimize_mode: 'maximize' } },
    trainingService: { platform: 'local' },
  })
})

const V2 = `experimentName: demo
experimentWorkingDirectory: /home/user/work
searchSpaceFile: search_space.json
trialCommand: python trial.py --fast
trialCodeDirectory: code
trialConcurrency: 2
maxTrialNumber: 10
maxExperimentDuration: 10m
tuner:
  name: TPE
  classArgs: {optimize_mode: maximize}
assessor:
  name: Medianstop
  classArgs: {optimize_mode: maximize, start_step: 2}
trainingService:
  platform: local
`

test("NNI's own configuration is read untouched, and says what of it has no effect", async () => {
  put('search_space.json', SPACE)
  const path = put('config.yml', V2)
  const { file, settings, objective } = await readExperiment(path)
  expect(file.code).toEqual({ command: 'python trial.py --fast', directory: 'code' })
  expect(settings).toMatchObject({
    trialCommand: 'python trial.py --fast',
    trialCodeDirectory: join(folder, 'code'),
    maxExperimentDuration: 600,
    assessor: { name: 'Medianstop', classArgs: { optimize_mode: 'maximize', start_step: 2 } },
  })
  expect(objective).toEqual({ metric: 'default', direction: 'maximize' })
  expect(await told(path)).toEqual([
    'warning 2: experimentWorkingDirectory has no effect here: SecXOps keeps the experiment in its own home.',
  ])
})

test('an experiment of ours can name such a configuration; its paths start at its folder', async () => {
  put('search_space.json', SPACE)
  put('config.yml', V2)
  const path = put('a.experiment.yaml', `${HEAD}nni: config.yml\n`)
  const { settings, name } = await readExperiment(path)
  expect(name).toBe('a')
  expect(settings).toMatchObject({ trialCodeDirectory: join(folder, 'code'), searchSpace: JSON.parse(SPACE) })
})

test('a configuration in the first schema of NNI says the same in other words', async () => {
  put('search_space.json', SPACE)
  const path = put(
    'config.yml',
    `authorName: me
experimentName: old
trialConcurrency: 1
maxExecDuration: 1h
maxTrialNum: 5
trainingServicePlatform: local
searchSpacePath: search_space.json
useAnnotation: false
tuner:
  builtinTunerName: Anneal
trial:
  command: python3 t.py
  codeDir: .
  gpuNum: 0
`,
  )
  const { settings } = await readExperiment(path)
  expect(settings).toMatchObject({
    trialCommand: 'python3 t.py',
    trialCodeDirectory: folder,
    maxTrialNumber: 5,
    maxExperimentDuration: 3600,
    trialGpuNumber: 0,
    tuner: { name: 'Anneal', classArgs: { optimize_mode: 'minimize' } },
  })
})

test('what cannot be done here is refused with its line and in words', async () => {
  const path = put(
    'config.yml',
    `searchSpace: ${SPACE}
trialCommand: python t.py
trialConcurrency: 1
trialConcurency: 2
tuner: {name: TPE}
advisor: {name: BOHB}
sharedStorage: {storageType: NFS}
trainingService: {platform: remote, machineList: []}
`,
  )
  expect(await told(path)).toEqual([
    'error 4: trialConcurency is not known to NNI. Did you mean "trialConcurrency"?',
    'error 6: tuner and advisor cannot both be there. Remove one of them.',
    expect.stringMatching(/^error 7: sharedStorage: /),
    expect.stringMatching(/^error 8: remote is not supported: trials run on this machine/),
  ])
})

test('code hidden in a value is refused wherever it stands', async () => {
  const path = put(
    'a.experiment.yaml',
    `${HEAD}code: {command: python t.py}
nni:
  searchSpace:
    lr: {_type: choice, _value: [{_name: a, x: {__nni_type__: "bytes:gASV"}}]}
  tuner: {name: TPE, classArgs: {seed: {__nni_type__: "path:os.system"}}}
`,
  )
  const lines = (await told(path)).filter((line) => line.includes('__nni_type__'))
  expect(lines.map((line) => line.slice(0, 8)).toSorted()).toEqual(['error 6:', 'error 7:'])
})

test('a space that is missing, doubled or nowhere on the disk is said', async () => {
  const code = `${HEAD}code: {command: python t.py}\n`
  expect(await told(put('a.experiment.yaml', `${code}nni: {}\n`))).toEqual([
    expect.stringMatching(/^error 4: The search space is missing/),
  ])
  expect(await told(put('b.experiment.yaml', `${code}nni: {searchSpace: {}, searchSpaceFile: x.json}\n`))).toEqual([
    expect.stringMatching(/^error 4: searchSpace and searchSpaceFile cannot both/),
  ])
  expect(await told(put('c.experiment.yaml', `${code}nni: {searchSpaceFile: x.json}\n`))).toEqual([
    `error 4: There is no file ${join(folder, 'x.json')}.`,
  ])
})

test('AutoML gets its defaults written out', async () => {
  const path = put('a.experiment.yaml', `${HEAD}automl: {train: {dataset: waf@1}, label: attack, earlyStop: 90}\n`)
  const { kind, settings, objective } = await readExperiment(path)
  expect({ kind, objective }).toEqual({ kind: 'automl', objective: { metric: 'score', direction: 'maximize' } })
  expect(settings).toMatchObject({ presets: ['medium_quality'], timeLimit: 600, earlyStop: 90 })
})

test('a metric that AutoML has not, or not for its problem, is told with a near one', async () => {
  const of = (more: string): Promise<string[]> =>
    told(put('a.experiment.yaml', `${HEAD}automl: {train: {dataset: waf@1}, label: attack, ${more}}\n`))
  expect(await of('metric: rmse')).toEqual([])
  expect(await of('metric: roc_acu')).toEqual([
    expect.stringMatching(/roc_acu is not a metric of AutoGluon\..*roc_auc/),
  ])
  expect(await of('problem: regression, metric: f1')).toEqual([
    expect.stringContaining('f1 is not a metric of a regression'),
  ])
  expect(await of('exclude: [attack]')).toEqual([expect.stringContaining('cannot be excluded')])
})

test('what the tuner cannot take is told: the space, its arguments, its assessor, the other direction', async () => {
  const path = put(
    'a.experiment.yaml',
    `${HEAD}code: {command: python t.py}
objective: {direction: maximize}
nni:
  searchSpace:
    lr: {_type: normal, _value: [0, 1]}
  tuner: {name: gptuner, classArgs: {optimize_mode: minimize, kapa: 3}}
  assessor: {name: Medianstopp}
`,
  )
  const lines = await told(path)
  expect(lines).toEqual([
    expect.stringMatching(/^error 8: GP has no argument kapa. Did you mean "kappa"/),
    expect.stringMatching(/^error 8: GP cannot take this space: lr is normal/),
    'error 8: The objective says maximize, optimize_mode says minimize. Remove optimize_mode.',
    expect.stringMatching(/^error 9: There is no assessor called Medianstopp/),
  ])
})

test('names of tuners are those of NNI, however they are written', async () => {
  const path = put(
    'a.experiment.yaml',
    `${HEAD}code: {command: python t.py}
nni: {searchSpace: {lr: {_type: uniform, _value: [0, 1]}}, tuner: {name: gptuner}}
`,
  )
  const { settings, method } = await readExperiment(path)
  expect({ tuner: settings.tuner, method }).toEqual({
    tuner: { name: 'GP', classArgs: { optimize_mode: 'maximize' } },
    method: 'GP',
  })
})
