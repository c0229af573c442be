import { writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import type { Client } from '@secxops/client/client'
import type { AUTOML_PRESETS } from '@secxops/protocol/experiment-choices'
import type { ExperimentInput } from '@secxops/protocol/experiment-file'
import { parseDocument } from 'yaml'
import { fileOrDataset } from './file-or-dataset.ts'
import { type Answer, tell } from './output.ts'
import { runExperiment } from './run-experiment.ts'

export interface AutomlOptions {
  /** Files or datasets, `NAME@3`. */
  train: string
  validation?: string
  test?: string
  label: string
  problem?: 'binary' | 'multiclass' | 'regression'
  metric?: string
  presets?: (typeof AUTOML_PRESETS)[number][]
  /** As in the file: `10m`. */
  time?: string
  earlyStop?: string
  exclude?: string[]
  learners?: string[]
  detach?: boolean
}

/** Writes an experiment file over a table, beside it or here, under a name that is free, and runs it. */
export async function runAutoml(client: Client, options: AutomlOptions): Promise<Answer> {
  const { train, validation, test, label, problem, metric, presets, time, earlyStop, exclude, learners } = options
  const from = fileOrDataset(train)
  const body = isAbsolute(from) ? { path: from } : { path: resolve('.'), dataset: from }
  const draft = await client.call('experiments.draft', { body: { ...body, kind: 'automl' } })
  const document = parseDocument(draft.text)
  const folder = dirname(draft.path)
  const given = {
    label,
    validation: validation === undefined ? undefined : inputOf(validation, folder),
    test: test === undefined ? undefined : inputOf(test, folder),
    problem,
    metric,
    presets,
    timeLimit: time,
    earlyStop,
    exclude,
    learners,
  }
  for (const [name, value] of Object.entries(given))
    if (value !== undefined) document.setIn(['automl', name], document.createNode(value))
  await writeFile(draft.path, document.toString(), { flag: 'wx' })
  tell(`wrote ${draft.path}`)
  return runExperiment(client, draft.path, { detach: options.detach })
}

function inputOf(given: string, folder: string): ExperimentInput {
  const from = fileOrDataset(given)
  if (!isAbsolute(from)) return { dataset: from }
  const near = relative(folder, from)
  return { file: near.startsWith('..') ? from : `./${near}` }
}
