import { formatValue } from '@secxops/protocol/value'
import { bytes, plural, time } from './format.ts'
import type { MeasuredArtifact } from './with-results.ts'

/** Files shown of a version. */
const SHOWN = 20

/** One version of the library for people. */
export function describeArtifact(version: MeasuredArtifact): string {
  const { name, kind, lineage, manifest, files } = version
  const lines = [
    `${kind} ${name}@${version.version}   ${plural(files, 'file')}, ${bytes(version.size)}, ${time(version.createdAt)}`,
    `  digest   ${version.digest}`,
    `  path     ${version.path}`,
  ]
  if (version.description) lines.push(`  about    ${version.description}`)
  if (lineage.run) {
    const { workflow, nodeId, port, runId, attempt } = lineage.run
    lines.push(`  made by  ${workflow}, node ${nodeId}.${port}, attempt ${attempt} of run ${runId}`)
  } else if (lineage.from) lines.push(`  from     ${lineage.from}`)
  for (const [name, value] of Object.entries(version.parameters))
    lines.push(`  with     ${name} = ${formatValue(value)}`)
  lines.push(...metricLines(version.metrics, lineage.run?.nodeId ?? ''))
  for (const one of version.evaluations) lines.push(...metricLines(one.metrics, `${one.nodeId} of run ${one.runId}`))
  for (const one of version.same) lines.push(`  same as  ${one.kind} ${one.name}@${one.version}`)
  for (const input of lineage.inputs) lines.push(`  out of   ${input.kind} ${input.name}@${input.version}`)
  for (const use of version.usedBy)
    lines.push(`  used by  ${use.workflow}, node ${use.nodeId}.${use.port}, run ${use.runId}`)
  for (const made of version.produced) lines.push(`  became   ${made.kind} ${made.name}@${made.version}`)
  lines.push(`  versions ${version.versions.join(', ')}`)
  for (const file of manifest.slice(0, SHOWN)) lines.push(`  - ${file.path}   ${bytes(file.size)}`)
  if (files > SHOWN) lines.push(`  - and ${files - SHOWN} more`)
  return lines.join('\n')
}

const metricLines = (metrics: Record<string, number>, by: string): string[] =>
  Object.entries(metrics).map(([name, value]) => `  metric   ${name} ${Number(value.toPrecision(6))} (${by})`)
