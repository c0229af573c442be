import { dirname } from 'node:path'
import type { ResolvedModule, WorkflowCheck } from '@secxops/protocol/api'
import { type CheckOptions, checkWorkflow } from '@secxops/protocol/check-workflow'
import { type Problem, SecxopsError } from '@secxops/protocol/errors'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import { locate, parseWorkflow } from '@secxops/protocol/workflow-document'
import { readTextFile } from '../read-text-file.ts'
import type { ModuleService } from '../services.ts'

/** Text of a workflow file. Rejects with no-such-file, too-large or forbidden. */
export const readWorkflowText = (path: string): Promise<string> => readTextFile(path, 'a workflow file')

/**
 * Every problem of a workflow's text, with line and column: YAML, shape, unknown modules, values and connections. With `run`
 * also what a start lacks.
 */
export async function checkText(
  modules: ModuleService,
  path: string,
  text: string,
  run?: CheckOptions['run'],
): Promise<WorkflowCheck> {
  const { workflow, sound, problems } = parseWorkflow(text, path)
  const checked = workflow ?? sound
  if (!checked) return { problems, modules: {} }
  const found = await resolveAll(modules, checked, dirname(path))
  const unknown: Problem[] = []
  const known: Record<string, ResolvedModule> = {}
  for (const [id, module] of found) {
    if (!(module instanceof SecxopsError)) known[id] = module
    else {
      const field = `nodes.${id}.module`
      const { code, message, next } = module.body
      unknown.push({
        severity: 'error',
        code,
        message,
        // A broken module file is the place to mend, else the line that names it.
        where: { path, ...locate(text, field), ...(code === 'bad-module' ? module.body.where : {}), nodeId: id, field },
        next,
      })
    }
  }
  const files = Object.fromEntries(Object.entries(known).map(([id, { module }]) => [id, module]))
  const semantic = checkWorkflow(checked, files, { text, run: workflow && run }).map((problem) => ({
    ...problem,
    where: { path, ...problem.where },
  }))
  // What is missing or unused may stand in the part that could not be read: only plain mistakes are told of the rest.
  const mistakes = semantic.filter(({ severity }) => severity === 'error')
  if (!workflow) return { problems: [...problems, ...unknown, ...mistakes], modules: {} }
  return { problems: [...problems, ...unknown, ...newer(known, path, text), ...semantic], workflow, modules: known }
}

/** Modules by node id; each reference is looked up once. */
async function resolveAll(
  modules: ModuleService,
  workflow: WorkflowFile,
  base: string,
): Promise<Map<string, ResolvedModule | SecxopsError>> {
  const byRef = new Map<string, Promise<ResolvedModule | SecxopsError>>()
  const found = new Map<string, ResolvedModule | SecxopsError>()
  for (const { module: ref } of Object.values(workflow.nodes))
    if (!byRef.has(ref))
      byRef.set(
        ref,
        modules.resolve(ref, base).catch((error: unknown) => known(error, ref)),
      )
  for (const [id, { module: ref }] of Object.entries(workflow.nodes)) {
    const module = await byRef.get(ref)
    if (module) found.set(id, module)
  }
  return found
}

const known = (error: unknown, ref: string): SecxopsError =>
  error instanceof SecxopsError
    ? error
    : new SecxopsError({ code: 'unknown-module', message: `The module ${ref} cannot be read.`, cause: String(error) })

function newer(modules: Record<string, ResolvedModule>, path: string, text: string): Problem[] {
  return Object.entries(modules).flatMap(([id, { ref, newer }]) =>
    newer === undefined
      ? []
      : [
          {
            severity: 'warning' as const,
            code: 'newer-version' as const,
            message: `${ref} has a newer version: ${newer}.`,
            where: { path, nodeId: id, field: `nodes.${id}.module`, ...locate(text, `nodes.${id}.module`) },
          },
        ],
  )
}

/** Throws all errors among the problems as one; warnings pass. */
export function refuseErrors(problems: readonly Problem[]): void {
  const details = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, where, next }) => ({ code: errorCode(code), message, where, next }))
  const [first] = details
  if (!first) return
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : ''
  throw new SecxopsError({
    ...first,
    message: first.message + more,
    details: details.map(({ code, message, where }) => ({ code, message, where })),
  })
}

type Code = SecxopsError['body']['code']

function errorCode(code: Problem['code']): Code {
  switch (code) {
    case 'unused-parameter':
    case 'unused-input':
    case 'newer-version':
    case 'mutable-base':
      return 'bad-workflow'
    default:
      return code
  }
}
