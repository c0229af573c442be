import { checkNode, type RunValues } from './check-node.ts'
import { checkParameters } from './check-parameters.ts'
import type { Problem } from './errors.ts'
import { cycleWords, edgesOf, findCycle, outputProblem, splitOutput } from './graph.ts'
import { own } from './json.ts'
import type { ModuleFile } from './module.ts'
import { parameterOf } from './node-value.ts'
import { suggestion } from './suggest.ts'
import { checkValue, isUnset } from './value.ts'
import type { WorkflowFile } from './workflow.ts'
import { locate } from './workflow-document.ts'

export interface CheckOptions {
  /** Text of the file: problems then carry line and column. */
  text?: string
  /** What a run is started with. With it, everything a run needs must be there. */
  run?: RunValues
}

/**
 * Everything about a workflow that can be told without reading anything else. `modules`: by node id; a node whose module
 * is not known is checked as far as possible (the caller reports the unknown module). Every problem has `where.field`.
 */
export function checkWorkflow(
  workflow: WorkflowFile,
  modules: Record<string, ModuleFile>,
  options: CheckOptions = {},
): Problem[] {
  const problems = [
    ...checkParameters(workflow.parameters),
    ...Object.keys(workflow.nodes).flatMap((id) => checkNode(workflow, modules, id, options.run)),
    ...cycleProblems(workflow),
    ...outputProblems(workflow, modules),
    ...unusedProblems(workflow),
    ...(options.run ? runProblems(workflow, options.run) : []),
  ]
  const { text } = options
  if (text === undefined) return problems
  return problems.map((problem) => {
    const place = problem.where?.field === undefined ? undefined : locate(text, problem.where.field)
    return { ...problem, where: { ...problem.where, ...place } }
  })
}

function cycleProblems(workflow: WorkflowFile): Problem[] {
  const edges = edgesOf(workflow)
  const cycle = findCycle(Object.keys(workflow.nodes), edges)
  if (!cycle) return []
  const edge = edges.find(({ from, to }) => from === cycle[0] && to === cycle[1])
  const to = cycle[1] ?? ''
  return [
    {
      severity: 'error',
      code: 'cycle',
      message: `These nodes wait for each other: ${cycleWords(cycle)}. Remove one of the connections.`,
      where: { nodeId: to, field: edge?.port ? `nodes.${to}.inputs.${edge.port}` : `nodes.${to}.after` },
    },
  ]
}

function outputProblems(workflow: WorkflowFile, modules: Record<string, ModuleFile>): Problem[] {
  return Object.entries(workflow.outputs ?? {}).flatMap(([name, output]): Problem[] => {
    const { node, port } = splitOutput(output.from)
    const wrong = outputProblem(workflow, modules, node, port)
    const field = `outputs.${name}.from`
    if (wrong)
      return [{ severity: 'error', code: wrong.code, message: `Output ${name}: ${wrong.message}`, where: { field } }]
    if (!output.saveAs || own(own(modules, node)?.outputs, port)?.type !== 'file') return []
    const message = `Output ${name}: ${output.from} is a file; only datasets, models and code are saved in the library. Change its type in the module, or remove saveAs.`
    return [{ severity: 'warning', code: 'port-type', message, where: { field: `outputs.${name}.saveAs` } }]
  })
}

function unusedProblems(workflow: WorkflowFile): Problem[] {
  const parameters = new Set<string>()
  const inputs = new Set<string>()
  for (const node of Object.values(workflow.nodes)) {
    for (const value of Object.values(node.with ?? {})) {
      const name = parameterOf(value)
      if (name !== undefined) parameters.add(name)
    }
    for (const source of Object.values(node.inputs ?? {}))
      if (typeof source === 'object' && 'input' in source) inputs.add(source.input)
  }
  const unused = (section: 'parameters' | 'inputs', used: Set<string>, code: Problem['code']): Problem[] =>
    Object.keys(workflow[section] ?? {})
      .filter((name) => !used.has(name))
      .map((name) => ({
        severity: 'warning',
        code,
        message: `No node uses the ${section === 'inputs' ? 'input' : 'parameter'} ${name} of this workflow.`,
        where: { field: `${section}.${name}` },
      }))
  return [...unused('parameters', parameters, 'unused-parameter'), ...unused('inputs', inputs, 'unused-input')]
}

function runProblems(workflow: WorkflowFile, run: RunValues): Problem[] {
  const problems: Problem[] = []
  const fail = (code: Problem['code'], message: string, field: string): void => {
    problems.push({ severity: 'error', code, message, where: { field } })
  }
  const parameters = workflow.parameters ?? {}
  for (const name of Object.keys(run.parameters ?? {}))
    if (!own(parameters, name))
      fail(
        'unknown-parameter',
        `The workflow has no parameter ${name}.${suggestion(name, Object.keys(parameters))}`,
        'parameters',
      )
  for (const [name, parameter] of Object.entries(parameters)) {
    const value = own(run.parameters, name) ?? parameter.default
    const message = checkValue(parameter, value)
    if (message)
      fail(
        isUnset(parameter, value) ? 'missing-parameter' : 'bad-parameter',
        `Parameter ${name} of the workflow: ${message}`,
        `parameters.${name}`,
      )
  }
  const inputs = workflow.inputs ?? {}
  for (const name of Object.keys(run.inputs ?? {}))
    if (!own(inputs, name))
      fail('missing-input', `The workflow has no input ${name}.${suggestion(name, Object.keys(inputs))}`, 'inputs')
  for (const [name, input] of Object.entries(inputs))
    if (input.default === undefined && own(run.inputs, name) === undefined)
      fail('missing-input', `Input ${name} needs a ${input.type}: give NAME@VERSION or a path.`, `inputs.${name}`)
  for (const id of Object.keys(run.set ?? {}))
    if (!own(workflow.nodes, id))
      fail('unknown-node', `There is no node ${id}.${suggestion(id, Object.keys(workflow.nodes))}`, 'nodes')
  return problems
}
