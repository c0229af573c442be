import { expect, test } from 'vitest'
import type { ExperimentJournal } from '../services.ts'
import { ObjectiveName } from './objective-name.ts'

/** A journal that only knows the objective. `named`: the file gives its name. */
function journalOf(metric: string, named: boolean, trials: { final?: number }[] = []) {
  const record = { objective: { metric, direction: 'maximize' }, file: named ? { objective: { metric } } : {} }
  const objective = (name: string): void => {
    record.objective = { ...record.objective, metric: name }
  }
  return { journal: { record, trials: () => trials, objective } as unknown as ExperimentJournal, record }
}
const point = (name: string) => ({ name, final: false })
const final = (name: string) => ({ name, final: true })

test('the name of the file counts, and the plain number of NNI stands for it', () => {
  const objective = new ObjectiveName(journalOf('f1', true).journal)
  expect([point('default'), point('loss'), final('loss'), final('default')].map((line) => objective.is(line))).toEqual([
    true,
    false,
    false,
    true,
  ])
  expect(objective.is(final('f1'))).toBe(true)
  expect(objective.is(final('default'))).toBe(false)
})

test('without a name what is reported as final is the objective, whatever was reported on the way', () => {
  const { journal, record } = journalOf('default', false)
  const objective = new ObjectiveName(journal)
  expect(objective.is(point('loss'))).toBe(true)
  expect(objective.is(final('f1'))).toBe(true)
  expect(record.objective.metric).toBe('f1')
  expect(objective.is(point('loss'))).toBe(false)
  expect(objective.is(final('auc'))).toBe(false)
})

test('what an earlier backend has settled stays', () => {
  const { journal, record } = journalOf('f1', false, [{ final: 0.5 }])
  expect(new ObjectiveName(journal).is(final('auc'))).toBe(false)
  expect(record.objective.metric).toBe('f1')
})
