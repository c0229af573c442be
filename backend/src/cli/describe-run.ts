import type { Attempt, PortContent } from '@secxops/protocol/run'
import { bytes, duration, stateCounts, table, time } from './format.ts'
import { errorText } from './output.ts'
import type { MeasuredNode, MeasuredRun } from './with-metrics.ts'

/** Lines of a failed node's log that are shown. */
const TAIL = 15
/** Characters of an attempt's cause in its row. */
const CAUSE = 100

/** Rows or lines of a kind that are shown; of a run with more nodes those that succeeded at once are only counted. */
const SHOWN = 40
/** Failed nodes whose last lines are shown. */
const FAILURES = 10

/** A run for people: its nodes with every attempt, what failed and why, what was measured and what came out. */
export function describeRun(run: MeasuredRun): string {
  const where = run.target === 'local' ? '' : ` on ${run.target}`
  const head = `run ${run.id}: ${run.workflow} ${run.state}${where}${run.duration === undefined ? '' : ` in ${duration(run.duration)}`} (started ${time(run.createdAt)})`
  const large = run.nodes.length > SHOWN
  const count = large ? [`${run.nodes.length} nodes: ${stateCounts(run.nodes.map(({ state }) => state))}`] : []
  const told = large ? worthTelling(run.nodes) : run.nodes
  const rows = some(told.map(nodeRows), (more) => [[`and ${more}`]]).flat()
  const nodes = rows.length > 0 ? [table([['NODE', 'STATE', 'ATTEMPTS', 'EXIT', 'TIME', ''], ...rows])] : []
  const failures = run.nodes.filter((node) => node.state === 'failed').map(failure)
  const shownFailures = some(failures, (more) => `\n${more} failed; secxops runs log ${run.id} NODE`, FAILURES)
  return [head, ...count, ...nodes, ...shownFailures, ...metrics(run), ...outputs(run)].join('\n')
}

/** The first ones, and what stands for the rest where there are more. */
function some<T>(all: T[], rest: (more: string) => T, limit = SHOWN): T[] {
  return all.length <= limit ? all : [...all.slice(0, limit), rest(`${all.length - limit} more`)]
}

const REST = (more: string): string => `  and ${more}; --json has them all`

/** Of a large run: what did not succeed at once, what failed first. */
const worthTelling = (nodes: MeasuredNode[]): MeasuredNode[] =>
  nodes
    .filter(({ state, attempts }) => state !== 'succeeded' || attempts.length > 1)
    .sort((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'))

/** The node, and below it its attempts where there were several. */
function nodeRows(node: MeasuredNode): string[][] {
  const { attempts, id, state } = node
  const last = attempts.at(-1)
  const note = state === 'blocked' ? `waits for ${node.blockedBy.join(', ')}` : last?.reused ? REUSED : ''
  const row = [id, state, String(attempts.length), exitOf(last), duration(last?.duration), note]
  return attempts.length > 1 ? [row, ...attempts.map(attemptRow)] : [row]
}

const attemptRow = (attempt: Attempt): string[] => [
  `  attempt ${attempt.number}`,
  attempt.state,
  '',
  exitOf(attempt),
  duration(attempt.duration),
  attempt.reused ? REUSED : causeOf(attempt),
]

const REUSED = 'result of an earlier run'
const exitOf = (attempt: Attempt | undefined): string => attempt?.signal ?? String(attempt?.exitCode ?? '')

function causeOf({ error }: Attempt): string {
  const [line = ''] = (error?.cause ?? error?.message ?? '').split('\n')
  return line.length > CAUSE ? `${line.slice(0, CAUSE - 1)}…` : line
}

function failure(node: MeasuredNode): string {
  const last = node.attempts.at(-1)
  const tail = (last?.tail ?? []).slice(-TAIL).map((line) => `  | ${line}`)
  return [`\n${node.id}:`, ...tail, ...(last?.error ? [errorText(last.error)] : [])].join('\n')
}

function metrics(run: MeasuredRun): string[] {
  const lines = run.nodes.flatMap((node) =>
    Object.entries(node.metrics).map(([name, value]) => `  ${node.id} ${name} ${Number(value.toPrecision(6))}`),
  )
  return lines.length > 0 ? ['metrics:', ...some(lines, REST)] : []
}

function outputs(run: MeasuredRun): string[] {
  const lines: string[] = []
  for (const node of run.nodes) {
    for (const [port, content] of Object.entries(node.attempts.at(-1)?.outputs ?? {})) {
      lines.push(`  ${node.id}.${port} -> ${where(content)} (${bytes(content.size)})`)
    }
  }
  for (const [name, content] of Object.entries(run.outputs)) lines.push(`  output ${name} -> ${where(content)}`)
  return lines.length > 0 ? ['outputs:', ...some(lines, REST)] : []
}

const where = ({ artifact, path }: PortContent): string =>
  artifact ? `${artifact.kind} ${artifact.name}@${artifact.version}` : path
