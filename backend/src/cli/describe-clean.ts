import type { CleanReport } from '@secxops/protocol/api'
import { bytes, table } from './format.ts'

const WHAT: Record<CleanReport['parts'][number]['what'], string> = {
  runs: 'logs and working files of old runs',
  leftovers: 'working files of attempts that nobody needs',
  environments: 'Python environments',
  contents: 'contents that no version and no run refers to',
}

/** What was or would be removed, a line each. */
export function describeClean({ dryRun, busy, freed, parts }: CleanReport): string {
  const some = parts.filter(({ count }) => count > 0)
  const rows = some.map((part) => [String(part.count), WHAT[part.what], bytes(part.bytes)])
  const lines = rows.length > 0 ? [table(rows)] : []
  if (busy) lines.push('Something is running: environments and contents stay. Do it again when nothing runs.')
  const total = rows.length > 0 ? `${bytes(freed)} ${dryRun ? 'would be freed' : 'freed'}` : 'Nothing to remove.'
  return [...lines, total].join('\n')
}
