import { eventually } from '../support/eventually.ts'
import { BUSYBOX_IMAGE } from './images.ts'
import { kubectl } from './kubectl.ts'

/** Where all of this happens: the cluster may have other users. */
export const NAMESPACE = 'cluster-test'

/** kubectl in {@link NAMESPACE}. */
export const inNamespace = (args: string[], input?: string): Promise<string> =>
  kubectl(['--namespace', NAMESPACE, ...args], input)

/** A Job of one container. */
export interface JobSpec {
  name: string
  command: string[]
  /** busybox unless given. */
  image?: string
  limits?: Record<string, string>
  /** Claim that is mounted at /data. */
  claim?: string
  /** User that it runs as; that of the image unless given. */
  user?: number
}

/** What is known of the one Pod of a Job. */
export interface PodStatus {
  phase: string
  containerStatuses?: {
    restartCount: number
    state: { terminated?: { exitCode: number; reason: string }; waiting?: { reason: string } }
  }[]
  conditions?: { type: string; reason?: string; message?: string }[]
}

/** Creates a Job that is tried once. */
export async function createJob({ name, command, image, limits, claim, user }: JobSpec): Promise<void> {
  const container = {
    name: 'main',
    image: image ?? BUSYBOX_IMAGE,
    command,
    resources: { limits },
    volumeMounts: claim ? [{ name: 'data', mountPath: '/data' }] : [],
  }
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      backoffLimit: 0,
      template: {
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 0,
          securityContext: { runAsUser: user },
          containers: [container],
          volumes: claim ? [{ name: 'data', persistentVolumeClaim: { claimName: claim } }] : [],
        },
      },
    },
  }
  await inNamespace(['create', '--filename', '-'], JSON.stringify(job))
}

/** The Pods that were made for a Job. */
export async function podsOf(job: string): Promise<{ status: PodStatus }[]> {
  const text = await inNamespace(['get', 'pods', '--selector', `job-name=${job}`, '--output', 'json'])
  return JSON.parse(text).items
}

/** Status of the Pod of a Job as soon as it fulfils a condition. */
export function podOf(job: string, what: string, condition: (status: PodStatus) => boolean): Promise<PodStatus> {
  return eventually(`the Pod of ${job}: ${what}`, async () => {
    const status = (await podsOf(job))[0]?.status
    return status && condition(status) ? status : undefined
  })
}

/** Runs a Job to its end; answers how its container ended, and its log. */
export async function runJob(spec: JobSpec): Promise<{ exitCode: number; reason: string; log: string }> {
  await createJob(spec)
  return jobEnd(spec.name)
}

/** Waits for the end of a Job. */
export async function jobEnd(job: string): Promise<{ exitCode: number; reason: string; log: string }> {
  const status = await podOf(job, 'its end', ({ phase }) => phase === 'Succeeded' || phase === 'Failed')
  const ended = status.containerStatuses?.[0]?.state.terminated
  if (!ended) throw new Error(`${job} has ended as ${status.phase} without a container: ${JSON.stringify(status)}`)
  return { ...ended, log: await inNamespace(['logs', `job/${job}`]) }
}
