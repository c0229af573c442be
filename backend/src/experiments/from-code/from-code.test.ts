import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { checkSpaceValue } from '@secxops/protocol/search-space/check-space'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { PythonFinder } from '../../environments/python.ts'
import { fromCode } from './from-code.ts'

const root = mkdtempSync(join(tmpdir(), 'secxops-from-code-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const finder = new PythonFinder(join(root, 'interpreters.json'), () => ({ configured: '', env: process.env }))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'))
})

function write(name: string, ...lines: string[]): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/** What is proposed: `name type value (line)`; every proposal is an entry that a space may have. */
async function look(path: string): Promise<string[]> {
  const { path: python } = await finder.find()
  const found = await fromCode(path, python, new AbortController().signal)
  const space = Object.fromEntries(found.map(({ name, entry }) => [name, entry]))
  if (found.length > 0) expect(checkSpaceValue(space).problems).toEqual([])
  return found.map(({ name, entry, line }) => `${name} ${entry._type} ${JSON.stringify(entry._value)} (${line})`)
}

const SDK = 'import secxops'

describe('what NNI hands to a program is found', () => {
  test('with its presets, through functions and updates', async () => {
    const path = write(
      'trial.py',
      'import nni',
      'def presets():',
      '    return {"lr": 0.1, "batch_size": 32, "act": "relu", "shuffle": True}',
      'def main(args):',
      '    hidden = int(args["hidden"])',
      '    if args["optimizer"] == "sgd": pass',
      '    elif args["optimizer"] == "adam": pass',
      '    other = {"x": 1}',
      '    print(other["x"], args.get("dropout", 0.2))',
      'PARAMS = presets()',
      'PARAMS.update(nni.get_next_parameter())',
      'main(PARAMS)',
    )
    expect(await look(path)).toEqual([
      'lr loguniform [0.001,1] (3)',
      'batch_size choice [8,16,32,64,128] (3)',
      'act choice ["relu","tanh","gelu","elu"] (3)',
      'shuffle choice [1,0] (3)',
      'hidden choice [32,64,128,256,512] (5)',
      'optimizer choice ["sgd","adam"] (6)',
      'dropout uniform [0,0.5] (9)',
    ])
  })
  test('options count when they are merged with it, else not', async () => {
    const lines = [
      'import argparse, nni',
      'p = argparse.ArgumentParser()',
      'p.add_argument("--momentum", type=float, default=0.9)',
      'args = p.parse_args()',
    ]
    const merged = write('merged.py', ...lines, 'args = nni.utils.merge_parameter(args, nni.get_next_parameter())')
    expect(await look(merged)).toEqual(['momentum uniform [0.5,0.99] (3)'])
    const apart = write('apart.py', ...lines, 'lr = nni.get_next_parameter()["lr"]')
    expect(await look(apart)).toEqual(['lr loguniform [0.00001,0.01] (5)'])
  })
  test('in a file that the program imports', async () => {
    write('net.py', 'import nni', 'def get():', '    p = nni.get_next_parameter()', '    return p["depth"]')
    const path = write('main.py', 'import net', 'net.get()')
    const { path: python } = await finder.find()
    const found = await fromCode(path, python, new AbortController().signal)
    expect(found).toMatchObject([{ name: 'depth', path: join(folder, 'net.py'), line: 4 }])
  })
})

test('options of a program: what is no hyperparameter is left out', async () => {
  const path = write(
    'train.py',
    'import argparse, pandas',
    'p = argparse.ArgumentParser()',
    'p.add_argument("--data", default="x.csv")',
    'p.add_argument("--seed", type=int, default=1)',
    'p.add_argument("--n-estimators", type=int, default=100)',
    'p.add_argument("--kernel", choices=["rbf", "poly"])',
    'p.add_argument("--balanced", action="store_true")',
    'pandas.read_csv(p.parse_args().data)',
  )
  expect(await look(path)).toEqual([
    'n_estimators quniform [25,400,25] (5)',
    'kernel choice ["rbf","poly"] (6)',
    'balanced choice ["true","false"] (7)',
  ])
  const found = await fromCode(path, (await finder.find()).path, new AbortController().signal)
  expect(found.map(({ option }) => option)).toEqual(['--n-estimators', '--kernel', ''])
})

test('the tagged cell of a notebook', async () => {
  const cell = (source: string, tags: string[]) => ({ cell_type: 'code', metadata: { tags }, source, outputs: [] })
  const path = write(
    'a.ipynb',
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [cell('max_depth = 6\nC = 1.0', ['parameters']), cell('x = 3', [])],
    }),
  )
  expect(await look(path)).toEqual(['max_depth quniform [1,12,1] (1)', 'C loguniform [0.01,100] (2)'])
})

test('of a module, what its file declares, and what its code asks the SDK for', async () => {
  write(
    'module.yaml',
    'apiVersion: secxops/v1',
    'kind: Module',
    'name: train',
    'start: python3 train.py --lr $lr',
    'parameters:',
    '  lr: {type: number, default: 0.1, minimum: 0.0001, maximum: 1}',
  )
  write(
    'train.py',
    'import argparse',
    SDK,
    'p = argparse.ArgumentParser()',
    'p.add_argument("--lr", type=float)',
    'p.add_argument("--alpha", type=float)',
    'k = secxops.params(n_neighbors=5)',
  )
  expect(await look(folder)).toEqual(['lr loguniform [0.0001,1] (undefined)', 'n_neighbors quniform [1,20,1] (6)'])
  expect(await look(join(folder, 'module.yaml'))).toHaveLength(2)
})

describe('hostile sources', () => {
  test('are not run', async () => {
    const mark = join(folder, 'ran')
    const path = write(
      'evil.py',
      `open(${JSON.stringify(mark)}, "w").close()`,
      'import nni',
      'p = nni.get_next_parameter()["lr"]',
    )
    expect(await look(path)).toHaveLength(1)
    await expect(look(mark)).rejects.toThrow('There is nothing at')
  })
  test.each([
    ['deep.py', `x = ${'('.repeat(5000)}${')'.repeat(5000)}`],
    ['broken.py', 'def f(:'],
    ['broken.ipynb', '{"cells": '],
  ])('%s is refused in words', async (name, text) => {
    await expect(look(write(name, text))).rejects.toThrow(/Python cannot read|not valid JSON|too large or nested/)
  })
  test('of a gigabyte are not read', async () => {
    const path = write('huge.py', 'import nni')
    truncateSync(path, 2 ** 30)
    await expect(look(path)).rejects.toThrow('huge.py has 1024 MB; a source may have 5.')
    await expect(look(folder)).rejects.toThrow('a source may have 5')
    write('other.py', 'import nni', 'lr = nni.get_next_parameter()["lr"]')
    expect(await look(folder)).toHaveLength(1)
  })
  test('a preset of thousands of names is cut', async () => {
    const pairs = Array.from({ length: 3000 }, (_, i) => `"p${i}": 0.5`).join(', ')
    const path = write('many.py', 'import nni', `p = {${pairs}}`, 'p.update(nni.get_next_parameter())')
    expect(await look(path)).toHaveLength(200)
  })
})
