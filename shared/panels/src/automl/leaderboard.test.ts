import { expect, test } from 'vitest'
import type { Reports } from '../experiment/data/experiment-store.ts'
import { leaderboard } from './leaderboard.ts'
import { madeFit } from './made-fit.ts'

const told = (reports: ReturnType<typeof madeFit>): Reports =>
  reports.map((report, at) => ({ row: at + 1, at: '2026-01-01T00:00:00Z', report }))

test('the newest news of each model, the best first; on the front is what no other beats in everything', () => {
  const again = { ...madeFit(1)[1], validation: 0.995 }
  const { models, front } = leaderboard(told([...madeFit(), again as ReturnType<typeof madeFit>[number]]))
  expect(models.map(({ name }) => name).slice(0, 2)).toEqual(['LinearModel', 'WeightedEnsemble_L2'])
  expect([...front]).toEqual(['LinearModel'])
  expect([...leaderboard(told(madeFit())).front].sort()).toEqual([
    'CatBoost',
    'LightGBM',
    'LightGBMXT',
    'LinearModel',
    'WeightedEnsemble_L2',
  ])
})

test('what was skipped and then fitted by a resume is skipped no more', () => {
  const skipped = { kind: 'skipped' as const, name: 'LightGBM', reason: 'time' }
  expect(leaderboard(told([skipped, ...madeFit()])).skipped.map(({ name }) => name)).not.toContain('LightGBM')
})
