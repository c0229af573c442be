import type { Client } from '@secxops/client/client'
import type { Inspection } from '@secxops/protocol/inspect'
import { bytes, plural } from './format.ts'
import { type Answer, placeText } from './output.ts'

/** Inspects a source, writes its module file (and requirements where there are none yet) and tells what was found. */
export async function packModule(
  client: Client,
  path: string,
  options: { name?: string; dockerfile?: boolean },
): Promise<Answer> {
  const found = await client.call('modules.inspect', { body: { path, name: options.name } })
  const errors = found.problems.filter((problem) => problem.severity === 'error')
  if (errors.length > 0) {
    const text = [describe(found), 'nothing was written'].join('\n')
    return { json: { written: [], inspection: found }, text, ok: false }
  }
  const { written } = await client.call('modules.write', {
    body: {
      modulePath: found.modulePath,
      module: found.module,
      requirements: found.requirementsExists || found.requirementsText === '' ? undefined : found.requirementsText,
      dockerfile:
        options.dockerfile && !found.dockerfile.exists
          ? `${found.dockerfile.lines.map((line) => line.text).join('\n')}\n`
          : undefined,
    },
  })
  const text = [describe(found), ...written.map((file) => `wrote ${file}`)].join('\n')
  return { json: { written, inspection: found }, text }
}

function describe({ module, kind, requirements, files, size, problems, evidence }: Inspection): string {
  const because = (field: string): string => {
    const at = evidence[field]
    return at ? `   # ${at.reason}` : ''
  }
  const lines = [
    `${module.name} (${kind}, ${plural(files.length, 'file')}, ${bytes(size)})`,
    `  start: ${module.start}`,
  ]
  for (const [name, { type, default: value }] of Object.entries(module.parameters ?? {})) {
    const shown = value === undefined ? 'no default' : JSON.stringify(value)
    lines.push(`  parameter ${name}: ${type}, ${shown}${because(`parameters.${name}`)}`)
  }
  for (const [name, port] of Object.entries(module.inputs ?? {})) {
    lines.push(`  input ${name}: ${port.type}${port.path ? ` at ${port.path}` : ''}${because(`inputs.${name}`)}`)
  }
  for (const [name, port] of Object.entries(module.outputs ?? {})) {
    lines.push(`  output ${name}: ${port.type} from ${port.path}${because(`outputs.${name}`)}`)
  }
  for (const { module: imported, distribution, version, where } of requirements) {
    const shown = distribution ? `${distribution}${version ? `==${version}` : ''} (${where})` : 'not found'
    lines.push(`  import ${imported}: ${shown}`)
  }
  for (const { severity, message, where } of problems) {
    const place = where ? placeText(where) : ''
    lines.push(`  ${severity}: ${message}${place ? ` (${place})` : ''}`)
  }
  return lines.join('\n')
}
