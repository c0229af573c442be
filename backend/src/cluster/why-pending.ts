import type { V1Pod } from '@kubernetes/client-node'

type Pending = Pick<V1Pod, 'spec' | 'status'>

/** Kubernetes' reasons for a node that does not fit, by what its message says, in plain words. */
const REASONS: readonly [pattern: RegExp, words: (found: RegExpMatchArray) => string][] = [
  [/(\d+) Insufficient cpu/, ([, n]) => `too little free CPU on ${nodes(n)}`],
  [/(\d+) Insufficient memory/, ([, n]) => `too little free memory on ${nodes(n)}`],
  [/(\d+) Insufficient nvidia\.com\/gpu/, ([, n]) => `no free GPU on ${nodes(n)}`],
  [/(\d+) Insufficient ephemeral-storage/, ([, n]) => `too little free disk on ${nodes(n)}`],
  [/(\d+) Too many pods/, ([, n]) => `${nodes(n)} with as many Pods as it may have`],
  [/(\d+) node\(s\) were unschedulable/, ([, n]) => `${nodes(n)} closed for new work (cordoned)`],
  [
    /(\d+) node\(s\) had untolerated taint\s*\{?([^}]*)\}?/,
    ([, n, taint]) => `${nodes(n)} kept for other work (${taint?.trim()})`,
  ],
  [/(\d+) node\(s\) didn't match Pod's node affinity/, ([, n]) => `${nodes(n)} of the wrong kind`],
]

/** What a Pod that does not run yet waits for, in plain words; undefined when it runs. */
export function whyPending({ spec, status }: Pending): string | undefined {
  if (status?.phase !== undefined && status.phase !== 'Pending') return undefined
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled')
  if (scheduled?.status === 'False') return unschedulable(scheduled.message ?? '')
  if (!spec?.nodeName) return 'waiting for a node'
  const waiting = status?.containerStatuses?.map(({ state }) => state?.waiting).find((one) => one !== undefined)
  if (waiting?.reason === 'ErrImagePull' || waiting?.reason === 'ImagePullBackOff')
    return `the image cannot be pulled: ${waiting.message ?? ''}`
  return `starting on ${spec.nodeName}`
}

function unschedulable(message: string): string {
  const found = REASONS.flatMap(([pattern, words]) => {
    const match = message.match(pattern)
    return match ? [words(match)] : []
  })
  return found.length > 0 ? `no node fits: ${found.join(', ')}` : `no node fits: ${message}`
}

const nodes = (count = ''): string => (count === '1' ? '1 node' : `${count} nodes`)
