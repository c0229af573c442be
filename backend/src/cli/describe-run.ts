import type { PortContent, Run, RunNode } from '@secxops/protocol/run'
import { bytes, duration, table, time } from './format.ts'
import { errorText } from './output.ts'

/** Lines of a failed node's log that are shown. */
const TAIL = 15

/** A run for people: its nodes, what failed and why, and what came out. */
export function describeRun(run: Run): string {
  const head = `run ${run.id}: ${run.workflow} ${run.state}${run.duration === undefined ? '' : ` in ${duration(run.duration)}`} (started ${time(run.createdAt)})`
  const nodes = table([['NODE', 'STATE', 'ATTEMPTS', 'EXIT', 'TIME', ''], ...run.nodes.map(nodeRow)])
  const failures = run.nodes.filter((node) => node.state === 'failed').map(failure)
  return [head, nodes, ...failures, ...outputs(run)].join('\n')
}

function nodeRow(node: RunNode): string[] {
  const last = node.attempts.at(-1)
  const note =
    node.state === 'blocked' ? `waits for ${node.blockedBy.join(', ')}` : last?.reused ? 'result of an earlier run' : ''
  const exit = last?.signal ?? (last?.exitCode === undefined ? '' : String(last.exitCode))
  return [node.id, node.state, String(node.attempts.length), exit, duration(last?.duration), note]
}

function failure(node: RunNode): string {
  const last = node.attempts.at(-1)
  const tail = (last?.tail ?? []).slice(-TAIL).map((line) => `  | ${line}`)
  return [`\n${node.id}:`, ...tail, ...(last?.error ? [errorText(last.error)] : [])].join('\n')
}

function outputs(run: Run): string[] {
  const lines: string[] = []
  for (const node of run.nodes) {
    for (const [port, content] of Object.entries(node.attempts.at(-1)?.outputs ?? {})) {
      lines.push(`  ${node.id}.${port} -> ${where(content)} (${bytes(content.size)})`)
    }
  }
  for (const [name, content] of Object.entries(run.outputs)) lines.push(`  output ${name} -> ${where(content)}`)
  return lines.length > 0 ? ['outputs:', ...lines] : []
}

const where = ({ artifact, path }: PortContent): string =>
  artifact ? `${artifact.kind} ${artifact.name}@${artifact.version}` : path
