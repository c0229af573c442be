import type { Client } from '@secxops/client/client'
import type { LabelJob } from '@secxops/protocol/labels'
import { ensureDaemon } from '../daemon/ensure.ts'
import { cancelOnInterrupt } from './cancel-on-interrupt.ts'
import { describeJob } from './describe-labels.ts'
import { tell } from './output.ts'

const hasEnded = ({ state }: LabelJob): boolean => state === 'succeeded' || state === 'failed' || state === 'cancelled'

/**
 * Waits for the end of a labelling job and tells on stderr how far it is; Ctrl-C cancels it. A daemon that vanishes meanwhile is started again:
 * it takes the job up where it was.
 */
export async function followLabelJob(client: Client, started: LabelJob): Promise<LabelJob> {
  const { id } = started
  const ended = Promise.withResolvers<LabelJob>()
  let last = ''
  const show = (job: LabelJob): void => {
    const line = `  ${describeJob(job)}`
    if (line !== last) tell(line)
    last = line
    if (hasEnded(job)) ended.resolve(job)
  }
  const fail = (error: unknown): void => ended.reject(error)
  const unsubscribe = client.subscribe({
    event(event) {
      if (event.type === 'label-job' && event.job.id === id) show(event.job)
    },
    connection({ state }, fresh) {
      if (fresh) client.call('labels.jobs.get', { params: { id } }).then(show, fail)
      if (state === 'lost') ensureDaemon().then(() => client.reconnect(), fail)
    },
  })
  const stopListening = cancelOnInterrupt(() => client.call('labels.jobs.cancel', { params: { id } }), {
    what: 'job',
    later: `secxops label job ${id}`,
  })
  try {
    return await ended.promise
  } finally {
    stopListening()
    unsubscribe()
  }
}

/** Follows a job and those that come after it in its base until none is left; answers the job itself. */
export async function followToTheEnd(client: Client, started: LabelJob): Promise<LabelJob> {
  const ended = await followLabelJob(client, started)
  if (ended.state !== 'succeeded') return ended
  for (;;) {
    const jobs = await client.call('labels.jobs.list', { query: { base: started.base } })
    const next = jobs.findLast(({ state, kind }) => kind !== 'label' && (state === 'waiting' || state === 'running'))
    if (!next) return ended
    const after = await followLabelJob(client, next)
    if (after.state !== 'succeeded') return after
  }
}
