import { setTimeout as sleep } from 'node:timers/promises'
import type { V1Job } from '@kubernetes/client-node'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { BackOff } from '../../cluster/back-off.ts'
import { explainFailure } from '../../cluster/explain.ts'
import { ApiFailure } from '../../cluster/failure.ts'
import { type ApiPath, apiPath, type KubeName, kubeName } from '../../cluster/names.ts'
import type { KubeObject } from '../../cluster/watch.ts'
import type { ClusterAccess } from './access.ts'
import { ATTEMPT, HOME_LABEL, LAUNCH_LABEL, SPEC_HASH } from './job.ts'

/** Milliseconds between two looks while something is being deleted. */
const LOOK_AGAIN = 300

type Listed = KubeObject & Pick<V1Job, 'status'>

/**
 * Makes a Job, or finds that it was made before: by a request whose answer was lost, or by an earlier backend. Goes on while the server does not answer.
 * Rejects when it is refused, or when the name is taken by something else.
 */
export async function ensureJob(access: ClusterAccess, job: V1Job, signal: AbortSignal): Promise<void> {
  const { connection, namespace } = access
  const path = jobsPath(namespace)
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
 * Deletes this home's Jobs with a label (`name=value`) and their Pods, and resolves on proof: lists that were made after the deletion hold none. `grace`:
 * milliseconds for the commands to tidy up. Goes on while the server does not answer.
 */
export async function removeJobs(
  access: ClusterAccess,
  label: string,
  grace: number,
  signal: AbortSignal,
): Promise<void> {
  const { connection, namespace, home } = access
  const query = { labelSelector: `${HOME_LABEL}=${home},${label}` }
  const backOff = new BackOff(LOOK_AGAIN, 10_000)
  const asked = new Set<string>()
  // Never 0: that would take the record away while the command may go on.
  const gracePeriodSeconds = Math.max(1, Math.ceil(grace / 1000))
  const remove = async ({ metadata: { name, uid } }: KubeObject, path: ApiPath, how: object): Promise<void> => {
    if (asked.has(uid)) return
    const body = { ...how, preconditions: { uid } }
    await connection.ask('DELETE', `${path}/${kubeName(name, 'object')}` as ApiPath, { body, signal }).catch(unlessGone)
    asked.add(uid)
  }
  for (;;)
    try {
      const [jobs, pods] = [jobsPath(namespace), podsPath(namespace)]
      const { items: madeJobs } = await connection.ask<{ items: KubeObject[] }>('GET', jobs, { query, signal })
      const { items: madePods } = await connection.ask<{ items: KubeObject[] }>('GET', pods, { query, signal })
      if (madeJobs.length + madePods.length === 0) return
      // Jobs first, so that none makes another Pod; without their Pods, which would get the grace of their specification.
      for (const job of madeJobs) await remove(job, jobs, { propagationPolicy: 'Orphan' })
      for (const pod of madePods) await remove(pod, pods, { gracePeriodSeconds })
      await sleep(LOOK_AGAIN, undefined, { signal })
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ApiFailure) || !error.passing) throw error
      await backOff.wait(signal, error.retryAfter)
    }
}

const jobsPath = (namespace: KubeName): ApiPath => apiPath`/apis/batch/v1/namespaces/${namespace}/jobs`
const podsPath = (namespace: KubeName): ApiPath => apiPath`/api/v1/namespaces/${namespace}/pods`

/** Removes every Job and Pod of this home whose launch does not go on. `goesOn`: asked with the value of its label. */
export async function removeStrays(
  access: ClusterAccess,
  goesOn: (launch: string) => boolean,
  signal: AbortSignal,
): Promise<void> {
  const { connection, namespace, home } = access
  const query = { labelSelector: `${HOME_LABEL}=${home}` }
  const found = new Set<string>()
  for (const path of [jobsPath(namespace), podsPath(namespace)]) {
    const { items } = await connection.ask<{ items: KubeObject[] }>('GET', path, { query, signal })
    for (const { metadata } of items) found.add(metadata.labels?.[LAUNCH_LABEL] ?? '')
  }
  for (const launch of found)
    if (launch !== '' && !goesOn(launch)) await removeJobs(access, `${LAUNCH_LABEL}=${launch}`, 0, signal)
}

/** What is gone already, or is another by now, need not be deleted. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiFailure && (error.status === 404 || error.status === 409))) throw error
}
