import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import type { Client } from '@secxops/client/client'
import type { WorkflowCheck } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/errors'
import { describeRun } from './describe-run.ts'
import { followRun } from './follow-run.ts'
import { inputSources, nodeValues, workflowValues } from './key-values.ts'
import type { Answer } from './output.ts'
import { withMetrics } from './with-metrics.ts'

/** Starts a workflow with values from the command line and waits for its end, unless detached. */
export async function startRun(
  client: Client,
  file: string,
  options: { parameter: string[]; set: string[]; input: string[]; detach?: boolean; target?: string },
): Promise<Answer> {
  const path = resolve(file)
  const check = await client.call('workflows.check', { body: { path } })
  if (!check.workflow) throw unreadable(path, check)
  const body = {
    path,
    parameters: workflowValues(options.parameter, check.workflow, check.modules),
    set: nodeValues(options.set, check.modules),
    inputs: inputSources(options.input),
    ...(options.target === undefined ? {} : { target: options.target }),
    idempotencyKey: randomUUID(),
  }
  const run = await client.call('runs.start', { body }).catch((error: unknown) => {
    throw error instanceof SecxopsError ? withFlags(error, file) : error
  })
  if (options.detach) return { json: run, text: run.id }
  const ended = await withMetrics(client, await followRun(client, run))
  return { json: ended, text: describeRun(ended), ok: ended.state === 'succeeded' }
}

/** An error about what a run lacks, with the option that gives it. */
function withFlags(error: SecxopsError, file: string): SecxopsError {
  const { body } = error
  const flags = (body.details ?? [body]).flatMap(({ code, where }) => {
    const [section, name] = where?.field?.split('.') ?? []
    if (name === undefined) return []
    if (code === 'missing-input' && section === 'inputs') return `--input ${name}=NAME@VERSION-OR-PATH`
    return code === 'missing-parameter' && section === 'parameters' ? `-p ${name}=VALUE` : []
  })
  if (flags.length === 0) return error
  const command = ['secxops run', file, ...flags].join(' ')
  return new SecxopsError({ ...body, next: [...(body.next ?? []), { kind: 'run-command', label: 'Give it', command }] })
}

function unreadable(path: string, { problems }: WorkflowCheck): SecxopsError {
  const errors = problems.filter((problem) => problem.severity === 'error')
  return new SecxopsError({
    code: 'bad-workflow',
    message: errors[0]?.message ?? `${path} is not a workflow.`,
    where: errors[0]?.where ?? { path },
    details: errors.map(({ message, where }) => ({ code: 'bad-workflow', message, where })),
  })
}
