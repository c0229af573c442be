import { EXPERIMENT_PARTS } from '../experiment/parts.ts'
import type { ViewAddress } from '../host.ts'

const KINDS = ['dataset', 'model', 'code'] as const
const PARTS = ['references', 'taxonomy', 'agreement', 'changes'] as const

/** Address of a view from arguments of a command or a stored state; undefined when they do not make one. */
export function parseAddress(args: Readonly<Record<string, unknown>>): ViewAddress | undefined {
  const { view, runId, nodeId, part, kind, name, version, path, node, file, jobId, id, trial } = args
  if (view === 'run' && typeof runId === 'string') {
    const at = typeof nodeId === 'string' ? { nodeId } : {}
    return { view, runId, ...at, ...(part === 'log' ? { part } : {}) }
  }
  if (view === 'package' && typeof path === 'string') return { view, path }
  if (view === 'review' && typeof jobId === 'string') return { view, jobId }
  if (view === 'experiment' && typeof id === 'string') {
    const front = EXPERIMENT_PARTS.find((each) => each === part)
    return { view, id, ...(front ? { part: front } : {}), ...(typeof trial === 'number' ? { trial } : {}) }
  }
  if (typeof name !== 'string') return undefined
  if (view === 'module') return { view, name, ...(typeof version === 'string' ? { version } : {}) }
  if (view === 'base') {
    const front = PARTS.find((each) => each === part)
    return {
      view,
      name,
      ...(front ? { part: front } : {}),
      ...(typeof node === 'number' ? { node } : {}),
      ...(typeof file === 'string' ? { file } : {}),
    }
  }
  const known = KINDS.find((each) => each === kind)
  if (view !== 'artifact' || !known) return undefined
  return { view, kind: known, name, ...(typeof version === 'number' ? { version } : {}) }
}

/** Whether an address names a version, a node, a trial or a part: what is then shown must be that one. */
export function isExact(address: ViewAddress): boolean {
  if (address.view === 'experiment') return address.part !== undefined || address.trial !== undefined
  if (address.view === 'base') return [address.part, address.node, address.file].some((one) => one !== undefined)
  return 'nodeId' in address ? address.nodeId !== undefined : 'version' in address && address.version !== undefined
}

/** One view is open once: what makes two addresses the same view. */
export function viewKey(address: ViewAddress): string {
  switch (address.view) {
    case 'run':
      return `run-${address.runId}`
    case 'package':
      return `package-${address.path}`
    case 'module':
      return `module-${address.name}`
    case 'artifact':
      return `${address.kind}-${address.name}`
    case 'base':
      return `base-${address.name}`
    case 'review':
      return `review-${address.jobId}`
    case 'experiment':
      return `experiment-${address.id}`
  }
}
