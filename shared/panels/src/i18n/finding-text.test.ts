import { parseExperiment } from '@secxops/protocol/experiment-document'
import { expect, test } from 'vitest'
import { localError } from './error-text.ts'

const HEAD = 'apiVersion: secxops/v1\nkind: Experiment\ncode: {command: python3 t.py}\n'

/** What is wrong with an experiment's text, in Chinese. */
const told = (text: string): string[] =>
  parseExperiment(HEAD + text, '/p/a.experiment.yaml').problems.map((one) => localError(one, 'zh-CN').message)

test.each([
  ['nni: {maxTrialNumber: 0}', 'nni.maxTrialNumber：应为至少 1，实际为 0。'],
  ['nni: {trialConcurrency: 2.5}', 'nni.trialConcurrency：应为整数，实际为 2.5。'],
  ['nni: {maxTrialNumber: [1]}', 'nni.maxTrialNumber：应为数字，实际为列表（[1]）。'],
  ['nas: {space: a.py:A, evaluator: a.py:b, strategy: dart}', 'nas.strategy：应为以下之一：'],
  ['automl: {train: {file: a.csv}}', 'automl.label：缺失。应为文本。'],
  ['automl: {train: {file: a.csv}, label: a, presets: []}', 'automl.presets：应为至少 1 项，实际为列表（[]）。'],
  ['objective: {direction: up}\nnni: {}', 'objective.direction：应为以下之一：maximize, minimize，实际为 "up"。'],
  ['nni: {maxTrialNum: 3}', 'nni.maxTrialNum：此处没有“maxTrialNum”。'],
  ['engin: nni\nnni: {}', 'engin：此处没有“engin”。是否指“engine”？'],
])('%s is told in Chinese', (text, sentence) => {
  expect(told(text).join('\n')).toContain(sentence)
})

test('other words of the backend stay as they are', () => {
  const error = { code: 'bad-experiment' as const, message: 'module and code cannot both be there.' }
  expect(localError(error, 'zh-CN').message).toBe(error.message)
})
