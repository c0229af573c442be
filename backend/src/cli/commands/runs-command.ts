import type { Command } from 'commander'
import { collect } from '../collect.ts'
import { connect } from '../connect.ts'
import { duration, table, time } from '../format.ts'
import { answers } from '../json-option.ts'
import { wholeNumber } from '../whole-number.ts'

export function addRunsCommand(program: Command): void {
  const runs = program.command('runs').description('runs and their logs; without a further word: the newest runs')
  // Options after a further word belong to that word's command.
  runs.enablePositionalOptions()
  answers(runs.option('--limit <n>', 'how many', wholeNumber, 20), async ({ limit }: { limit: number }) => {
    const json = await (await connect()).call('runs.list', { query: { limit } })
    const rows = json.map((run) => [
      run.id,
      run.workflow,
      run.state,
      `${run.counts.succeeded ?? 0} of ${Object.values(run.counts).reduce((sum, n) => sum + n, 0)}`,
      time(run.createdAt),
      duration(run.duration),
    ])
    const none = 'Nothing has run yet. Start a workflow: secxops run NAME.workflow.yaml'
    return {
      json,
      text: rows.length > 0 ? table([['RUN', 'WORKFLOW', 'STATE', 'DONE', 'STARTED', 'TIME'], ...rows]) : none,
    }
  })

  answers(
    runs.command('show').description('nodes, attempts, failures, metrics and outputs of a run').argument('<id>'),
    async (id: string) => {
      const { describeRun } = await import('../describe-run.ts')
      const { withMetrics } = await import('../with-metrics.ts')
      const client = await connect()
      const json = await withMetrics(client, await client.call('runs.get', { params: { id } }))
      return { json, text: describeRun(json) }
    },
  )

  const log = runs
    .command('log')
    .description('log of a node')
    .argument('<id>')
    .argument('<node>')
    .option('--attempt <n>', 'which attempt; default: the newest', wholeNumber)
    .option('--follow', 'go on until the attempt has ended')
  answers(log, async (id: string, node: string, options: { attempt?: number; follow?: boolean; json?: boolean }) => {
    const { readLog } = await import('../read-log.ts')
    return readLog(await connect(), id, node, options)
  })

  const go = runs
    .command('continue')
    .description('run again what failed or is stale, with changed values if given; waits for the end')
    .argument('<id>')
    .option('-p, --parameter <key=value>', 'parameter of the workflow (repeatable)', collect, [])
    .option('--set <node.key=value>', 'parameter of one node (repeatable)', collect, [])
    .option('--from <node>', 'also run this node and what follows it (repeatable)', collect, [])
    .option('--detach', 'return at once; it goes on in the background')
  answers(go, async (id: string, options: { parameter: string[]; set: string[]; from: string[]; detach?: boolean }) => {
    const { continueRun } = await import('../continue-run.ts')
    return continueRun(await connect(), id, options)
  })

  answers(
    runs.command('cancel').description('cancel a run; ends when no process of it is left').argument('<id>'),
    async (id: string) => {
      const { cancelRun } = await import('../cancel-run.ts')
      return cancelRun(await connect(), id)
    },
  )
}
