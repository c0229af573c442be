import type { Target } from '@secxops/protocol/cluster'
import { table } from './format.ts'

/** A line for each target: name, where it is, and whether it can be used. */
export function describeTargets(targets: Target[]): string {
  const rows = targets.map(({ name, kind, server, namespace, current, problem }) => [
    current ? `${name} (current)` : name,
    kind === 'local' ? 'this machine' : (server ?? ''),
    namespace ?? '',
    problem ?? 'ready',
  ])
  return table([['TARGET', 'SERVER', 'NAMESPACE', 'STATE'], ...rows])
}
