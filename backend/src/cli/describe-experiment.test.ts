import type { ExperimentDetail, Trial } from '@secxops/protocol/experiments'
import { expect, test } from 'vitest'
import { describeExperiment, progressOf, trialTable } from './describe-experiment.ts'

const experiment: ExperimentDetail = {
  id: 'search-1',
  name: 'search',
  kind: 'hpo',
  engine: 'secxops',
  state: 'running',
  path: '/p/search.experiment.yaml',
  createdAt: '2026-01-02T03:04:05.000Z',
  objective: { metric: 'f1', direction: 'maximize' },
  method: 'TPE',
  trials: { total: 5, running: 1, succeeded: 2, failed: 1, stoppedEarly: 1, limit: 20 },
  best: { trial: 2, value: 0.987654321 },
  change: 9,
  metricRow: 0,
  reportRow: 0,
  text: '',
  settings: {},
  duration: 61.5,
  directory: '/h',
}
const trial = (number: number, more: Partial<Trial>): Trial => ({
  number,
  state: 'succeeded',
  source: 'tuner',
  parameters: { lr: number / 3, kind: 'rbf' },
  reports: 0,
  ...more,
})

test('progress and standing of an experiment', () => {
  expect(progressOf(experiment)).toBe(
    'running: 5 of 20 trials, 1 running, 2 succeeded, 1 failed, 1 stopped early, best 0.987654 (trial 2)',
  )
  const fresh = { total: 0, running: 0, succeeded: 0, failed: 0, stoppedEarly: 0 }
  expect(progressOf({ ...experiment, state: 'preparing', detail: 'compiling', trials: fresh })).toBe(
    'preparing: compiling',
  )
  const failed: ExperimentDetail = {
    ...experiment,
    state: 'failed',
    error: { code: 'command-failed', message: 'The tuner failed: KeyError' },
  }
  expect(describeExperiment(failed, trial(2, { final: 0.987654321 }))).toBe(`search (search-1)
  hpo, TPE: failed, 1 min 1 s
  maximize f1
  5 of 20 trials, 1 running, 2 succeeded, 1 failed, 1 stopped early
  best: 0.987654 (trial 2)
    lr: 0.6666666666666666
    kind: "rbf"
error: The tuner failed: KeyError`)
})

test('what an architecture search found can be kept: how is said, once there is something', () => {
  const nas: ExperimentDetail = { ...experiment, kind: 'nas', state: 'done' }
  expect(
    describeExperiment(nas, trial(2, { final: 0.9 }))
      .split('\n')
      .at(-1),
  ).toBe('  keep it as a model: secxops experiment save search-1')
  expect(describeExperiment(nas)).not.toContain('secxops experiment save')
})

test('models that AutoML skipped have not failed', () => {
  const trials = { total: 9, running: 0, succeeded: 7, failed: 0, stoppedEarly: 0, skipped: 2 }
  expect(progressOf({ ...experiment, kind: 'automl', state: 'done', best: undefined, trials })).toBe(
    'done: 9 trials, 7 succeeded, 2 skipped',
  )
})

test('trials stand best first, with every parameter of any of them and the reason of those without a result', () => {
  const trials = [
    trial(1, { final: 0.5 }),
    trial(2, { state: 'failed', parameters: { depth: 3 }, error: { code: 'command-failed', message: 'it broke' } }),
    trial(3, { final: 0.25 }),
    trial(4, {
      state: 'stopped-early',
      stopped: { rule: 'Medianstop', step: 3, value: 0.1, limit: 0.2, trials: [1, 3] },
    }),
  ]
  expect(trialTable(trials, 'minimize').split('\n')).toEqual([
    'TRIAL  STATE          RESULT  lr        kind   depth',
    '3      succeeded      0.25    1         "rbf"',
    '1      succeeded      0.5     0.333333  "rbf"',
    '2      failed                                  3      it broke',
    '4      stopped-early          1.33333   "rbf"         Medianstop at step 3: 0.1 against 0.2 of 2 trials',
  ])
  expect(trialTable(trials, 'maximize').split('\n')[1]).toMatch(/^1 /)
})
