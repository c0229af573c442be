import type { LabelJob } from '@secxops/protocol/labels'
import { type Query, useEvents, useQuery } from '../../ui/use-client.ts'

/** One job, kept up to date by its events. */
export function useJob(id: string): Query<'labels.jobs.get'> {
  const query = useQuery('labels.jobs.get', { params: { id } })
  useEvents((event) => {
    if (event.type === 'label-job' && event.job.id === id) query.set(event.job)
  })
  return query
}

/** Jobs of a base, newest first. */
export function useJobs(base: string): Query<'labels.jobs.list'> {
  const query = useQuery('labels.jobs.list', { query: { base } })
  useEvents((event) => {
    if (event.type === 'label-job' && event.job.base === base) query.update((jobs) => withJob(jobs, event.job))
  })
  return query
}

/** The job's newest state in the place of the one before; one that was not there comes first. */
export const withJob = (jobs: LabelJob[], job: LabelJob): LabelJob[] =>
  jobs.some(({ id }) => id === job.id) ? jobs.map((one) => (one.id === job.id ? job : one)) : [job, ...jobs]

export const isActive = ({ state }: LabelJob): boolean => state === 'running' || state === 'waiting'
