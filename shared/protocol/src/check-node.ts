import type { Problem } from './errors.ts'
import { sourceProblem } from './graph.ts'
import type { Values } from './inspect.ts'
import { own } from './json.ts'
import type { ModuleFile, Parameter, ParameterValue } from './module.ts'
import { checkModule } from './module-document.ts'
import { parameterOf } from './node-value.ts'
import { suggestion } from './suggest.ts'
import { checkValue, expectedWords, isUnset } from './value.ts'
import type { WorkflowFile } from './workflow.ts'

/** What a run is started with: workflow parameters, overrides by node, workflow inputs. */
export interface RunValues {
  parameters?: Values
  set?: Record<string, Values>
  inputs?: Record<string, string>
}

/** Problems of one node: its module, values, sources and `after`. */
export function checkNode(
  workflow: WorkflowFile,
  modules: Record<string, ModuleFile>,
  id: string,
  run: RunValues | undefined,
): Problem[] {
  const node = own(workflow.nodes, id)
  if (!node) return []
  const module = own(modules, id)
  const problems: Problem[] = []
  for (const [port, source] of Object.entries(node.inputs ?? {})) {
    const problem = sourceProblem(workflow, modules, source, { toNode: id, port })
    if (problem) problems.push(problem)
  }
  for (const other of node.after ?? [])
    if (!own(workflow.nodes, other))
      problems.push({
        severity: 'error',
        code: 'unknown-node',
        message: `${id} waits for ${other}, which is not a node.${suggestion(other, Object.keys(workflow.nodes))}`,
        where: { nodeId: id, field: `nodes.${id}.after` },
      })
  if (!module) return problems
  for (const [port, input] of Object.entries(module.inputs ?? {}))
    if (input.required !== false && own(node.inputs, port) === undefined)
      problems.push({
        severity: 'error',
        code: 'missing-input',
        message: `${id}.${port} has no source. Connect an output of type ${input.type}, or choose a ${input.type}.`,
        where: { nodeId: id, field: `nodes.${id}.inputs.${port}` },
      })
  const broken = checkModule(module).filter(({ severity }) => severity === 'error')
  for (const { code, message } of broken)
    problems.push({
      severity: 'error',
      code,
      message: `Module ${module.name}: ${message}`,
      where: { nodeId: id, field: `nodes.${id}.module` },
    })
  return [...problems, ...valueProblems(workflow, module, id, run)]
}

function valueProblems(workflow: WorkflowFile, module: ModuleFile, id: string, run: RunValues | undefined): Problem[] {
  const node = own(workflow.nodes, id)
  const set = own(run?.set, id)
  const problems: Problem[] = []
  const fail = (
    code: Problem['code'],
    name: string,
    message: string,
    severity: Problem['severity'] = 'error',
  ): void => {
    const where = { nodeId: id, field: `nodes.${id}.with.${name}` }
    const label = `Edit ${name} of ${id}`
    problems.push({ severity, code, message, where, next: [{ kind: 'edit-parameter', label, place: where, name }] })
  }
  const parameters = module.parameters ?? {}
  for (const name of new Set([...Object.keys(node?.with ?? {}), ...Object.keys(set ?? {})]))
    if (!own(parameters, name)) {
      const names = Object.keys(parameters)
      const has = names.length ? ` It has ${names.join(', ')}.` : ' It has none.'
      fail('unknown-parameter', name, `${id} has no parameter ${name}.${suggestion(name, names) || has}`)
    }
  for (const [name, parameter] of Object.entries(parameters)) {
    const given = own(node?.with, name)
    const linked = own(set, name) === undefined ? parameterOf(given) : undefined
    if (linked !== undefined) {
      const message = linkProblem(workflow, parameter, linked, run)
      if (message)
        fail(
          own(workflow.parameters, linked) ? 'bad-parameter' : 'unknown-parameter',
          name,
          `${id}.${name}: ${message}`,
        )
      continue
    }
    const value = own(set, name) ?? (given as ParameterValue | undefined) ?? parameter.default
    const message = checkValue(parameter, value)
    if (message && isUnset(parameter, value))
      fail('missing-parameter', name, `${id} needs a value for ${name}: ${expectedWords(parameter)}.`)
    else if (message) fail('bad-parameter', name, `${id}.${name}: ${message}`)
    else if (parameter.type === 'secret' && given !== undefined)
      fail(
        'bad-parameter',
        name,
        `${id}.${name} is a secret that stands readable in this file. Use a workflow parameter of type secret.`,
        'warning',
      )
  }
  return problems
}

/** Why a workflow parameter cannot feed a module's parameter. */
function linkProblem(
  workflow: WorkflowFile,
  parameter: Parameter,
  link: string,
  run: RunValues | undefined,
): string | undefined {
  const source = own(workflow.parameters, link)
  if (!source)
    return `The workflow has no parameter ${link}.${suggestion(link, Object.keys(workflow.parameters ?? {}))}`
  const value = own(run?.parameters, link) ?? source.default
  if (!isUnset(source, value)) {
    // A value that breaks the workflow parameter's own rule is reported there.
    const message = checkValue(source, value) ? undefined : checkValue(parameter, value)
    return message && `The value of the workflow parameter ${link} does not fit. ${message}`
  }
  if (source.required === false && parameter.required !== false && parameter.default === undefined)
    return `The workflow parameter ${link} may stay unset, but a value is needed here.`
  return compatible(source, parameter)
    ? undefined
    : `Expected ${expectedWords(parameter)}; the workflow parameter ${link} is ${source.type}.`
}

function compatible(source: Parameter, target: Parameter): boolean {
  const text = ['string', 'choice', 'secret']
  const number = ['integer', 'number', 'choice']
  return (
    source.type === target.type ||
    target.type === 'json' ||
    source.type === 'json' ||
    (text.includes(source.type) && text.includes(target.type)) ||
    (number.includes(source.type) && number.includes(target.type))
  )
}
