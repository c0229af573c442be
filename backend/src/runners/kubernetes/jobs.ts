import type { V1Job } from '@kubernetes/client-node'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { BackOff } from '../../cluster/back-off.ts'
import { explainFailure } from '../../cluster/explain.ts'
import { ApiFailure } from '../../cluster/failure.ts'
import { apiPath, type KubeName, kubeName } from '../../cluster/names.ts'
import type { KubeObject } from '../../cluster/watch.ts'
import type { ClusterAccess } from './access.ts'
import { ATTEMPT, HOME_LABEL, SPEC_HASH } from './job.ts'

/** Milliseconds between two looks while something is being deleted. */
const LOOK_AGAIN = 300

type Listed = KubeObject & Pick<V1Job, 'status'>

/**
 * Makes a Job, or finds that it was made before: by a request whose answer was lost, or by an earlier backend. Goes on while the server does not answer.
 * Rejects when it is refused, or when the name is taken by something else.
 */
export async function ensureJob(access: ClusterAccess, job: V1Job, signal: AbortSignal): Promise<void> {
  const { connection, namespace } = access
  const path = apiPath`/apis/batch/v1/namespaces/${namespace}/jobs`
  const backOff = new BackOff(200, 10_000)
  for (;;)
    try {
      await connection.ask('POST', path, { body: job, signal })
      return
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ApiFailure)) throw error
      if (error.status === 409) return checkOwn(access, job, signal)
      if (!error.passing) throw new SecxopsError(explainFailure(error, access.target))
      await backOff.wait(signal, error.retryAfter)
    }
}

/** Resolves when the Job of that name is ours to the last bit. */
async function checkOwn(access: ClusterAccess, wanted: V1Job, signal: AbortSignal): Promise<void> {
  const name = kubeName(wanted.metadata?.name ?? '', 'Job')
  const found = await findJob(access, name, signal)
  // Deleted in this moment: the caller sees that no Pod comes.
  if (!found) return
  const { labels, annotations } = found.metadata
  const same =
    labels?.[HOME_LABEL] === access.home &&
    annotations?.[ATTEMPT] === wanted.metadata?.annotations?.[ATTEMPT] &&
    annotations?.[SPEC_HASH] === wanted.metadata?.annotations?.[SPEC_HASH]
  if (same) return
  throw new SecxopsError({
    code: 'conflict',
    message: `A Job ${name} is already there in namespace ${access.namespace} of ${access.target}, but not as it would be made. Delete it, then continue.`,
  })
}

/** A Job as it is; undefined when it is not there. Goes on while the server does not answer. */
export async function findJob(access: ClusterAccess, name: KubeName, signal: AbortSignal): Promise<Listed | undefined> {
  const backOff = new BackOff(200, 10_000)
  for (;;)
    try {
      return await access.connection.ask<Listed>(
        'GET',
        apiPath`/apis/batch/v1/namespaces/${access.namespace}/jobs/${name}`,
        { signal },
      )
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ApiFailure)) throw error
      if (error.status === 404) return undefined
      if (!error.passing) throw new SecxopsError(explainFailure(error, access.target))
      await backOff.wait(signal, error.retryAfter)
    }
}

/** Why no Pod of a Job could be made, as the newest event tells. */
export async function refusedPods(
  access: ClusterAccess,
  name: KubeName,
  signal: AbortSignal,
): Promise<string | undefined> {
  const fieldSelector = `involvedObject.kind=Job,involvedObject.name=${name},reason=FailedCreate`
  const path = apiPath`/api/v1/namespaces/${access.namespace}/events`
  const { items } = await access.connection.ask<{ items: { message?: string }[] }>('GET', path, {
    query: { fieldSelector },
    signal,
  })
  return items.at(-1)?.message
}

/**
 * Deletes all Jobs with a label and their Pods, and resolves on proof: lists that were made after the deletion hold none. `grace`: milliseconds for the
 * commands to tidy up. Goes on while the server does not answer.
 */
export async function removeJobs(
  access: ClusterAccess,
  labelSelector: string,
  grace: number,
  signal: AbortSignal,
): Promise<void> {
  const { connection, namespace } = access
  const backOff = new BackOff(LOOK_AGAIN, 10_000)
  const asked = new Set<string>()
  // Never 0: that would take the record away while the command may go on.
  const seconds = Math.max(1, Math.ceil(grace / 1000))
  for (;;)
    try {
      const jobs = await connection.ask<{ items: KubeObject[] }>(
        'GET',
        apiPath`/apis/batch/v1/namespaces/${namespace}/jobs`,
        {
          query: { labelSelector },
          signal,
        },
      )
      const pods = await connection.ask<{ items: KubeObject[] }>('GET', apiPath`/api/v1/namespaces/${namespace}/pods`, {
        query: { labelSelector },
        signal,
      })
      if (jobs.items.length + pods.items.length === 0) return
      // Jobs first, so that none makes another Pod.
      for (const { metadata } of jobs.items)
        if (!asked.has(metadata.uid)) {
          const name = kubeName(metadata.name, 'Job')
          const body = { propagationPolicy: 'Background', preconditions: { uid: metadata.uid } }
          await remove(() =>
            connection.ask('DELETE', apiPath`/apis/batch/v1/namespaces/${namespace}/jobs/${name}`, { body, signal }),
          )
          asked.add(metadata.uid)
        }
      for (const { metadata } of pods.items)
        if (!asked.has(metadata.uid)) {
          const name = kubeName(metadata.name, 'Pod')
          const body = { gracePeriodSeconds: seconds, preconditions: { uid: metadata.uid } }
          await remove(() =>
            connection.ask('DELETE', apiPath`/api/v1/namespaces/${namespace}/pods/${name}`, { body, signal }),
          )
          asked.add(metadata.uid)
        }
      await new BackOff(LOOK_AGAIN, LOOK_AGAIN).wait(signal)
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ApiFailure) || !error.passing) throw error
      await backOff.wait(signal, error.retryAfter)
    }
}

/** What is gone already, or is another by now, need not be deleted. */
async function remove(ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask()
  } catch (error) {
    if (!(error instanceof ApiFailure && (error.status === 404 || error.status === 409))) throw error
  }
}
