import { describe, expect, it } from 'vitest'
import type { ModuleFile } from './module.ts'
import { checkModule, parseModule, writeModule } from './module-document.ts'

const text = `# trains the classifier
apiVersion: secxops/v1
kind: Module
name: train-waf   # shown in the library
start: python3 train.py --input $data --lr $lr --out $model
parameters: {lr: {type: number, default: 0.1, minimum: 0, description: learning rate}}
outputs: {model: {type: model, path: model.joblib}}
# data comes from prepare
inputs:  {data:  {type: dataset, path: 'data.csv'}}
environment: {python: "3.11", requirements: requirements.txt}
`
const good = parseModule(text).module as ModuleFile
const said = (source: string): string[] =>
  parseModule(source, '/p/module.yaml').problems.map(
    ({ where, message }) => `${where?.path}:${where?.line}:${where?.column} ${message}`,
  )

describe('parseModule', () => {
  it('reads a good file without a word', () => {
    expect(parseModule(text)).toMatchObject({
      problems: [],
      module: { name: 'train-waf', environment: { python: '3.11' } },
    })
  })

  it.each([
    ['name: train-waf ', 'name: Train Waf ', '/p/module.yaml:4:7 name: "Train Waf', 'use 1–63 lower-case'],
    [
      'start: python3',
      'strat: python3',
      '/p/module.yaml:5:1 strat: "strat" is not known here. Did you mean "start"?',
      '',
    ],
    [
      'minimum: 0',
      'mimimum: 0',
      '6:47 parameters.lr.mimimum: "mimimum" is not known here. Did you mean "minimum"?',
      '',
    ],
    ['type: number', 'type: nubmer', '6:25 parameters.lr.type: expected one of', 'Did you mean "number"?'],
    ['default: 0.1', 'default: -1', 'Default of lr: Expected a number of at least 0, found -1.', '6:'],
    ['path: model.joblib', 'path: ../model', 'outputs.model.path: "../model" does not fit', '7:'],
    ['inputs:  {data', 'inputs:  {lr', 'lr is already in parameters', '9:'],
    ['python: "3.11"', 'python: 3.11', 'environment.python: expected text, found 3.11', '10:'],
    ['--lr $lr ', '--lr $lrate ', '5:44 $lrate in the start command is not a parameter', 'Did you mean $lr'],
  ])('%s → %s', (from, to, ...words) => {
    const problems = said(text.replace(from, to)).join('\n')
    for (const word of words) expect(problems).toContain(word)
  })

  it('says what is missing', () => {
    expect(said('apiVersion: secxops/v1\nkind: Module\nname: a\n')).toEqual([
      '/p/module.yaml:1:1 start: missing. Expected text.',
    ])
  })
})

describe('checkModule', () => {
  const check = (more: Partial<ModuleFile>): string[] =>
    checkModule({ ...good, ...more })
      .filter(({ severity }) => severity === 'error')
      .map(({ message }) => message)

  it.each([
    [{ parameters: { lr: { type: 'choice' } } }, 'list under choices'],
    [{ parameters: { lr: { type: 'string', choices: ['a'] } } }, 'choices belong to type choice'],
    [{ parameters: { lr: { type: 'string', minimum: 1 } } }, 'minimum and maximum belong'],
    [{ parameters: { lr: { type: 'number', minimum: 2, maximum: 1 } } }, 'minimum 2 is above maximum 1'],
    [{ parameters: { lr: { type: 'secret', default: 'x' } } }, 'would stand readable'],
    [{ outputs: { model: { type: 'model', path: './data.csv' } } }, 'same path as input data'],
    [{ environment: { interpreter: 'python3', python: '3.11' } }, 'interpreter is an environment'],
  ] as [Partial<ModuleFile>, string][])('%j', (more, words) => {
    expect(check(more).join('\n')).toContain(words)
  })
})

describe('writeModule', () => {
  it('changes nothing where nothing changed', () => {
    expect(writeModule(good, text)).toBe(text)
  })

  it('keeps comments, order and quoting, and changes only what differs', () => {
    const changed = {
      ...good,
      version: '1.0.0',
      parameters: { ...good.parameters, site: { type: 'string', default: 'a, b' } },
    }
    expect(writeModule(changed as ModuleFile, text)).toBe(
      text
        .replace('# shown in the library\n', '# shown in the library\nversion: 1.0.0\n')
        .replace('learning rate}}', 'learning rate}, site: {type: string, default: "a, b"}}'),
    )
  })

  it('writes a new file in the order of the reference, and reads it back', () => {
    const module: ModuleFile = {
      ...good,
      start: "sh -c '\n  echo 1\n'\n",
      files: ['*.py'],
      timeout: '1h',
      cache: false,
    }
    const written = writeModule(module)
    expect(parseModule(written).module).toEqual(module)
    expect(written.match(/^\w+/gm)).toEqual([
      ...[
        'apiVersion',
        'kind',
        'name',
        'start',
        'files',
        'parameters',
        'inputs',
        'outputs',
        'environment',
        'timeout',
        'cache',
      ],
    ])
  })

  it('refuses to write over text that is not YAML', () => {
    expect(() => writeModule(good, 'a: b: c')).toThrow(/Expected "key: value"/)
  })
})
