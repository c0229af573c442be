import type { Client } from '@secxops/client/client'
import type { MetricColumns, Trial } from '@secxops/protocol/experiments'

/** All trials of an experiment, in the order of their numbers. */
export async function allTrials(client: Client, id: string): Promise<Trial[]> {
  const trials = new Map<number, Trial>()
  for (let after = 0, complete = false; !complete; ) {
    const piece = await client.call('experiments.trials', { params: { id }, query: { after } })
    for (const trial of piece.trials) trials.set(trial.number, trial)
    after = piece.change
    complete = piece.complete
  }
  return [...trials.values()].sort((a, b) => a.number - b.number)
}

/** A trial with every number that it reported on its way. */
export interface ReportedTrial extends Trial {
  intermediate: { name: string; step: number; value: number | null; time: string }[]
}

/** Trials with their intermediate metrics. */
export async function reportedTrials(client: Client, id: string): Promise<ReportedTrial[]> {
  const trials = (await allTrials(client, id)).map((trial): ReportedTrial => ({ ...trial, intermediate: [] }))
  const byNumber = new Map(trials.map((trial) => [trial.number, trial]))
  for (let after = 0, complete = false; !complete; ) {
    const columns = await client.call('experiments.metrics', { params: { id }, query: { after } })
    for (const [i, number] of columns.trial.entries()) byNumber.get(number)?.intermediate.push(rowOf(columns, i))
    after = columns.row
    complete = columns.complete
  }
  return trials
}

const rowOf = ({ name, names, step, value, time }: MetricColumns, i: number) => ({
  name: names[name[i] ?? -1] ?? '',
  step: step[i] ?? 0,
  value: value[i] ?? null,
  time: new Date(time[i] ?? 0).toISOString(),
})
