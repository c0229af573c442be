import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { PythonFinder } from '../../environments/python.ts'
import { inspect } from './inspect.ts'

const root = mkdtempSync(join(tmpdir(), 'secxops-imported-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const finder = new PythonFinder(join(root, 'interpreters.json'), () => ({ configured: '', env: process.env }))

/** What is found in a folder with these files. */
async function look(files: Record<string, string[]>) {
  const folder = mkdtempSync(join(root, 'case-'))
  for (const [name, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
  }
  const found = await inspect(
    { path: folder },
    {
      baseImage: 'registry.example/python:3.11',
      python: () => finder.find(),
      identify: (path) => finder.identify(path),
      signal: new AbortController().signal,
    },
  )
  return { ...found, folder }
}

test('what imported files read and write are ports of the folder, and each says where it was found', async () => {
  const { module, evidence, folder } = await look({
    'main.py': [
      'import loading',
      'from lib import store as keeping',
      'import settings',
      'rows = loading.load("urls.csv")',
      'keeping.keep(rows, settings.MODEL)',
    ],
    'loading.py': ['import pandas', 'def load(path):', '    return pandas.read_csv(path)'],
    'settings.py': ['from pathlib import Path', 'OUT = Path("out")', 'MODEL = OUT / "model.joblib"'],
    'lib/__init__.py': [],
    'lib/store.py': ['import joblib', 'def keep(model, path):', '    joblib.dump(model, path)'],
  })
  expect(module.inputs).toEqual({ urls: { type: 'dataset', path: 'urls.csv' } })
  expect(module.outputs).toEqual({ model: { type: 'model', path: 'out/model.joblib' } })
  expect(evidence['inputs.urls']).toMatchObject({ path: join(folder, 'loading.py'), line: 3 })
  expect(evidence['outputs.model']).toMatchObject({ path: join(folder, 'lib/store.py'), line: 3 })
})

test('options of the start file become ports where an imported file reads them', async () => {
  const { module } = await look({
    'main.py': [
      'import argparse',
      'from loading import load as read',
      'p = argparse.ArgumentParser()',
      'p.add_argument("--urls", default="urls.csv")',
      'args = p.parse_args()',
      'read(args.urls)',
    ],
    'loading.py': ['import pandas', 'def load(path):', '    return pandas.read_csv(path)'],
  })
  expect(module.inputs).toEqual({ urls: { type: 'dataset', path: 'urls.csv' } })
  expect(module.start).toBe('python3 main.py --urls $urls')
})

test('parts of imported files that the program does not reach count for nothing', async () => {
  const { module } = await look({
    'main.py': ['from tools import used', 'used()'],
    'tools.py': [
      'import pandas',
      'def used():',
      '    inner()',
      'def inner():',
      '    pandas.read_csv("used.csv")',
      'def other():',
      '    pandas.read_csv("other.csv")',
      'if __name__ == "__main__":',
      '    pandas.read_csv("alone.csv")',
    ],
  })
  expect(module.inputs).toEqual({ used: { type: 'dataset', path: 'used.csv' } })
})

test('what one file writes and another reads stays inside', async () => {
  const { module } = await look({
    'main.py': ['import steps', 'steps.prepare()', 'steps.train()', 'open("end.txt", "w")'],
    'steps.py': [
      'import pandas',
      'import writing',
      'def train():',
      '    pandas.read_csv("features.csv")',
      'def prepare():',
      '    writing.write(pandas.read_csv("raw.csv"))',
    ],
    'writing.py': ['def write(rows):', '    rows.to_csv("features.csv")'],
  })
  expect(Object.keys(module.inputs ?? {})).toEqual(['raw'])
  expect(Object.keys(module.outputs ?? {}).sort()).toEqual(['end', 'features'])
})

test('files that import each other, cannot be read or lie outside are no trouble', async () => {
  const { module } = await look({
    'main.py': ['import a', 'from .. import outside', 'from a import *', 'open(a.NAME)', 'a.read()'],
    'a.py': ['import b', 'from b import NAME', 'def read():', '    return b.read()'],
    'b.py': ['import a', 'from a import NAME', 'import broken', 'def read():', '    return open("log.csv")'],
    'broken.py': ['def ('],
  })
  expect(module.inputs).toEqual({ log: { type: 'dataset', path: 'log.csv' } })
})
