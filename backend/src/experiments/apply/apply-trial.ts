import { readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ExperimentFile, ExperimentInput } from '@secxops/protocol/experiment-file'
import type { Trial } from '@secxops/protocol/experiments'
import { type Json, sameJson } from '@secxops/protocol/json'
import { writeModule } from '@secxops/protocol/module-document'
import { newWorkflow } from '@secxops/protocol/new-workflow'
import type { InputSource, WorkflowFile, WorkflowNode } from '@secxops/protocol/workflow'
import { parseWorkflow, workflowStyle } from '@secxops/protocol/workflow-document'
import { patchYaml } from '@secxops/protocol/yaml-patch'
import { writeAtomic } from '../../modules/atomic.ts'
import { readModule } from '../../modules/locate.ts'
import type { ModuleService } from '../../services.ts'
import { refuseErrors } from '../../workflows/check.ts'
import { appliedValues } from './applied-values.ts'

/** What is written where, and the names of what changed. */
export interface Applied {
  path: string
  changed: string[]
}

/** An experiment's file and where it lies. */
interface Source {
  path: string
  file: ExperimentFile
}

/** Makes a trial's parameters the defaults of the module's own file; comments and order stay. Throws conflict where there is no such file. */
export function applyToDefaults({ path, file }: Source, trial: Trial): Applied {
  if (!file.module?.startsWith('.'))
    throw new SecxopsError({
      code: 'conflict',
      message:
        file.module === undefined
          ? 'The trials ran a command, not a module: there is no file with defaults. Package the code as a module to have one.'
          : `${file.module} is a saved version, which never changes. Add a training node to a workflow instead.`,
      where: { path },
    })
  const { module, modulePath, text } = readModule(resolve(dirname(path), file.module))
  const values = appliedValues(trial, module)
  const changed = Object.keys(values).filter((name) => !sameJson(module.parameters?.[name]?.default, values[name]))
  const parameters = { ...module.parameters }
  for (const name of changed) {
    const parameter = parameters[name]
    if (parameter) parameters[name] = { ...parameter, default: values[name] }
  }
  if (changed.length > 0) writeAtomic(modulePath, writeModule({ ...module, parameters }, text))
  return { path: modulePath, changed }
}

/** Puts a node that runs the module with a trial's parameters into a workflow, or gives them to the one that is there; `target` may not be there yet. */
export async function applyToWorkflow(
  { path, file }: Source,
  trial: Trial,
  target: string,
  modules: ModuleService,
): Promise<Applied> {
  if (file.module === undefined)
    throw new SecxopsError({
      code: 'conflict',
      message: 'The trials ran a command, not a module: package the code as a module to run it in a workflow.',
      where: { path },
    })
  const base = dirname(path)
  const { module } = await modules.resolve(file.module, base)
  const values = appliedValues(trial, module)
  const { text, workflow } = readOrNew(target)
  const ref = file.module.startsWith('.') ? dotted(relative(dirname(target), resolve(base, file.module))) : file.module
  const [known, before] = Object.entries(workflow.nodes).find(([, node]) => node.module === ref) ?? []
  const id = known ?? freeName(module.name, workflow)
  const node: WorkflowNode = before
    ? { ...before, with: { ...before.with, ...values } }
    : {
        module: ref,
        with: { ...file.with, ...values },
        ...(file.inputs && { inputs: moved(file.inputs, base, dirname(target)) }),
      }
  const changed = Object.keys(node.with ?? {}).filter((name) => !sameJson(before?.with?.[name], node.with?.[name]))
  if (changed.length > 0 || !before) {
    const whole = JSON.parse(JSON.stringify({ ...workflow, nodes: { ...workflow.nodes, [id]: node } })) as Json
    writeAtomic(target, patchYaml(text, whole, { style: workflowStyle }))
  }
  return { path: target, changed: changed.map((name) => `${id}.${name}`) }
}

function readOrNew(target: string): { text: string; workflow: WorkflowFile } {
  const text = textOf(target) ?? newWorkflow()
  const { workflow, problems } = parseWorkflow(text, target)
  if (workflow) return { text, workflow }
  refuseErrors(problems)
  throw new SecxopsError({ code: 'bad-workflow', message: `${target} is not a workflow.`, where: { path: target } })
}

function textOf(path: string): string | undefined {
  if (!/\.workflow\.ya?ml$/.test(path))
    throw new SecxopsError({
      code: 'bad-request',
      message: `The name of a workflow's file ends with .workflow.yaml; ${path} does not.`,
      where: { path },
    })
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Inputs whose relative paths start at another folder. */
const moved = (inputs: Record<string, ExperimentInput>, from: string, to: string): Record<string, InputSource> =>
  Object.fromEntries(
    Object.entries(inputs).map(([port, input]) => [
      port,
      'file' in input ? { file: dotted(relative(to, resolve(from, input.file))) } : input,
    ]),
  )

const dotted = (path: string): string => (path.startsWith('.') ? path : `./${path}`)

/** The module's name, with a number where another node has it. */
function freeName(name: string, { nodes }: WorkflowFile): string {
  for (let n = 1; ; n++) {
    const id = n === 1 ? name : `${name}-${n}`
    if (!Object.hasOwn(nodes, id)) return id
  }
}
