import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { unreachable } from '../environments/testing/unreachable.ts'
import { openTestBackend, realEnvironments, signal, workflowText } from './testing/backend.ts'

const notebook = (...cells: { source: string; tags?: string[] }[]): string =>
  JSON.stringify({
    cells: cells.map(({ source, tags }, i) => ({
      cell_type: 'code',
      id: `cell-${i}`,
      execution_count: null,
      metadata: tags ? { tags } : {},
      outputs: [],
      source,
    })),
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  })

const SECRET = `it's "hunter2"`

const module = (name: string, start: string, more = ''): string =>
  `apiVersion: secxops/v1\nkind: Module\nname: ${name}\nstart: ${start}\n${more}`

test('Python modules see their parameters and ports; failures tell the import, the parameter and the cell', async (context) => {
  const home = openTestBackend().home
  const environments = realEnvironments(home)
  await environments.prepare({}, home.root, false, { signal, progress: () => {} }).catch(async (error: unknown) => {
    context.skip(await unreachable(error))
  })
  const backend = openTestBackend({ change: () => ({ environments }) })
  const ports =
    'parameters: {lr: {type: number, default: 0.1}}\noutputs: {notebook: {type: file, path: nb.executed.ipynb}}\n'
  const start = 'papermill nb.ipynb $notebook -k python3 -p lr $lr'
  backend.write({
    'sdk/sdk.py':
      "import secxops\np = secxops.params(lr=9)\nopen(secxops.output('rows'), 'w').write(str(p['lr']))\nsecxops.metric('f1', 0.5, step=1)\n",
    'sdk/module.yaml': module(
      'sdk',
      'python sdk.py',
      'parameters: {lr: {type: number, default: 0.1}}\noutputs: {rows: {type: dataset, path: rows.csv}}\n',
    ),
    'imports/main.py': 'import numpy_that_is_not_there\n',
    'imports/module.yaml': module('imports', 'python main.py'),
    'value/main.py': "import sys\nraise ValueError('lr must be smaller than 1')\n",
    'value/module.yaml': module('value', 'python main.py $lr', 'parameters: {lr: {type: number, default: 2}}\n'),
    'args/main.py':
      "import argparse\np = argparse.ArgumentParser()\np.add_argument('--lr', type=int)\np.parse_args()\n",
    'args/module.yaml': module('args', 'python main.py --lr $lr', 'parameters: {lr: {type: string, default: abc}}\n'),
    'good/nb.ipynb': notebook({ source: 'lr = 5', tags: ['parameters'] }, { source: "print('lr is', lr)" }),
    'good/module.yaml': module('good', start, ports),
    'secret/nb.ipynb': notebook({ source: "key = ''", tags: ['parameters'] }, { source: 'print(key)\nkey' }),
    'secret/module.yaml': module(
      'secret',
      'papermill nb.ipynb $notebook -k python3 -r key $key',
      'parameters: {key: {type: secret}}\noutputs: {notebook: {type: file, path: nb.executed.ipynb}}\n',
    ),
    'bad/nb.ipynb': notebook({ source: 'lr = 5', tags: ['parameters'] }, { source: 'import sklearn_missing.tree' }),
    'bad/module.yaml': module('bad', start, ports),
  })
  const run = await backend.run(
    workflowText(
      ['sdk', 'imports', 'value', 'args', 'good', 'bad', 'secret'].map((id) => `  ${id}: {module: ./${id}}\n`).join(''),
    ),
    { set: { secret: { key: SECRET } } },
  )
  const attempt = (id: string) => run.nodes.find((node) => node.id === id)?.attempts[0]
  expect(attempt('sdk')).toMatchObject({ state: 'succeeded', outputs: { rows: { files: 1 } } })
  expect((await backend.runs.metrics({ id: run.id, node: 'sdk', attempt: 1 }, {}, signal)).metrics).toMatchObject([
    { name: 'f1', value: 0.5, step: 1 },
  ])
  expect(attempt('imports')?.error).toMatchObject({
    code: 'missing-import',
    next: [{ kind: 'open', label: 'Open module.yaml' }, { kind: 'show-log' }, { kind: 'continue' }],
  })
  expect(attempt('value')?.error).toMatchObject({
    code: 'bad-parameter',
    next: [{ kind: 'edit-parameter', name: 'lr' }, {}, {}],
  })
  expect(attempt('args')?.error).toMatchObject({
    code: 'bad-parameter',
    message: expect.stringContaining('invalid int value'),
  })
  expect(attempt('good')?.state).toBe('succeeded')
  expect(existsSync(attempt('good')?.notebook ?? '')).toBe(true)
  expect(attempt('bad')?.error).toMatchObject({
    code: 'missing-import',
    message: expect.stringContaining('sklearn_missing'),
  })
  expect(attempt('bad')?.error?.message).toContain('in cell')
  expect(existsSync(attempt('bad')?.notebook ?? '')).toBe(true)
  expect(attempt('secret')?.state).toBe('succeeded')
  for (const path of [attempt('secret')?.notebook, attempt('secret')?.outputs.notebook?.path]) {
    const text = readFileSync(path ?? '', 'utf8')
    expect(text).toContain('••••')
    expect(text).not.toContain('hunter2')
  }
}, 400_000)
