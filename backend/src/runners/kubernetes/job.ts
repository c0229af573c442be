import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { V1Container, V1Job } from '@kubernetes/client-node'
import { assetPath } from '../../assets.ts'
import { hashName, type KubeName } from '../../cluster/names.ts'
import type { Launch } from '../runner.ts'
import { ATTEMPT_FOLDER } from './start-file.ts'

const PREFIX = 'secxops.dev/'
/** Which home an object belongs to. */
export const HOME_LABEL = `${PREFIX}home`
/** Which launch of which attempt; the key of the watch. */
export const LAUNCH_LABEL = `${PREFIX}launch`
/** What is swept by: labels by the name of the variable that the command carries. */
export const SWEPT: Readonly<Record<string, string>> = {
  SECXOPS_RUN: `${PREFIX}run`,
  SECXOPS_ATTEMPT_ID: `${PREFIX}attempt`,
}
export const SPEC_HASH = `${PREFIX}spec-sha256`
export const ATTEMPT = `${PREFIX}attempt-id`

/** The user of the generated Dockerfiles, too. */
const USER = 10_001
/** Seconds that a Pod which others delete has to tidy up. */
const GRACE = 30

/** What a cluster has to give. */
export interface PodNeeds {
  /** By digest, or as the target's configuration names it. */
  image: string
  /** Cores. */
  cpu?: number
  /** Bytes. */
  memory?: number
  gpu?: number
}

export const launchKey = (home: string, { attemptId, launch }: Launch): KubeName =>
  hashName(home, attemptId, String(launch))

/** Value of a label that stands for a text. */
export const labelOf = (home: string, value: string): string => hashName(home, value)

/**
 * The Job of a launch. Closed: nothing in it comes from the user but the numbers of resources and the image. `variables`: what of the command's
 * environment is swept by.
 */
export function jobOf(home: string, launch: Launch, variables: Record<string, string>, needs: PodNeeds): V1Job {
  const key = launchKey(home, launch)
  const swept = Object.entries({ ...variables, SECXOPS_ATTEMPT_ID: launch.attemptId }).flatMap(([name, value]) =>
    SWEPT[name] ? [[SWEPT[name], labelOf(home, value)]] : [],
  )
  const labels = {
    'app.kubernetes.io/managed-by': 'secxops',
    [HOME_LABEL]: home,
    [LAUNCH_LABEL]: key,
    ...Object.fromEntries(swept),
  }
  const spec: V1Job['spec'] = {
    backoffLimit: 0,
    template: {
      metadata: { labels, annotations: { [ATTEMPT]: launch.attemptId } },
      spec: {
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: GRACE,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: USER,
          runAsGroup: USER,
          fsGroup: USER,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [
          container('module', 'entry.sh', needs.image, resourcesOf(needs)),
          container('files', 'files.sh', needs.image, {
            requests: { cpu: '10m', memory: '32Mi' },
            limits: { memory: '256Mi' },
          }),
        ],
        volumes: [{ name: 'attempt', emptyDir: {} }],
      },
    },
  }
  const hash = createHash('sha256').update(JSON.stringify(spec)).digest('hex')
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `secxops-${key}`,
      labels,
      annotations: { [ATTEMPT]: launch.attemptId, [SPEC_HASH]: hash },
    },
    spec,
  }
}

function container(name: string, script: string, image: string, resources: V1Container['resources']): V1Container {
  return {
    name,
    image,
    // Kubernetes expands $(NAME) in words and makes one of two dollars.
    command: ['/bin/sh', '-c', readFileSync(assetPath(`cluster/${script}`), 'utf8').replaceAll('$', '$$$$')],
    env: [{ name: 'HOME', value: ATTEMPT_FOLDER }],
    resources,
    securityContext: { allowPrivilegeEscalation: false, privileged: false, capabilities: { drop: ['ALL'] } },
    volumeMounts: [{ name: 'attempt', mountPath: ATTEMPT_FOLDER }],
  }
}

/** Requests are what is asked for, else little; limits only what is asked for. */
function resourcesOf({ cpu, memory, gpu }: PodNeeds): V1Container['resources'] {
  const amounts = {
    ...(cpu === undefined ? {} : { cpu: `${Math.round(cpu * 1000)}m` }),
    ...(memory === undefined ? {} : { memory: String(memory) }),
    ...(gpu ? { 'nvidia.com/gpu': String(gpu) } : {}),
  }
  return { requests: { cpu: '100m', memory: '128Mi', ...amounts }, limits: amounts }
}
