import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InputPort, OutputPort, Parameter } from '@secxops/protocol/module'
import type { PythonFinder } from '../../environments/python.ts'
import { inspect } from './inspect.ts'

/** Small realistic sources; `NAME.nb.py` is a notebook whose cells start with `# %% TAGS`. */
export const CORPUS = fileURLToPath(new URL('../testdata/corpus/', import.meta.url))

/** What the inspector says of one source, in a short spelling: `lr:number=0.1`, `data:dataset@data.csv`, `?` for optional. */
export interface Described {
  start: string
  parameters: string[]
  inputs: string[]
  outputs: string[]
  imports: string[]
  problems: string[]
}

/** Inspects a case in a copy of the corpus. */
export async function describeCase(name: string, finder: PythonFinder): Promise<Described> {
  const folder = mkdtempSync(join(tmpdir(), 'secxops-corpus-'))
  try {
    cpSync(CORPUS, folder, { recursive: true })
    const source = join(folder, name.replace(/\.nb\.py$/, '.ipynb'))
    if (name.endsWith('.nb.py')) writeFileSync(source, toNotebook(readFileSync(join(CORPUS, name), 'utf8')))
    const { module, requirements, problems } = await inspect(
      { path: source },
      {
        baseImage: 'python:3.11-slim',
        python: () => finder.find(),
        identify: async () => undefined,
        signal: new AbortController().signal,
      },
    )
    return {
      start: module.start,
      parameters: Object.entries(module.parameters ?? {}).map(([key, one]) => `${key}:${ofParameter(one)}`),
      inputs: Object.entries(module.inputs ?? {}).map(([key, one]) => `${key}:${ofPort(one)}`),
      outputs: Object.entries(module.outputs ?? {})
        .filter(([, one]) => one.path !== `${basename(source, '.ipynb')}.executed.ipynb`)
        .map(([key, one]) => `${key}:${ofPort(one)}`),
      imports: requirements.map((one) => one.module),
      problems: problems.filter((one) => one.code !== 'no-environment').map((one) => one.message),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function ofParameter({ type, default: preset, required, choices, minimum, maximum }: Parameter): string {
  const range = minimum === undefined && maximum === undefined ? '' : ` ${minimum ?? ''}..${maximum ?? ''}`
  const value = preset === undefined ? '' : `=${JSON.stringify(preset)}`
  return `${type}${required === false ? '?' : ''}${value}${choices ? ` of ${choices.join('|')}` : ''}${range}`
}

const ofPort = (port: InputPort | OutputPort): string =>
  `${port.type}${port.required === false ? '?' : ''}${port.path ? `@${port.path}` : ''}`

function toNotebook(text: string): string {
  const cells = text
    .split(/^# %%/m)
    .slice(1)
    .map((cell, index) => {
      const [head = '', ...lines] = cell.split('\n')
      return {
        cell_type: 'code',
        id: `cell-${index}`,
        metadata: { tags: head.split(' ').filter(Boolean) },
        execution_count: null,
        outputs: [],
        source: lines.join('\n'),
      }
    })
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells })
}
