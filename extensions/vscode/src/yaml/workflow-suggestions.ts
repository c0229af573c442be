import { descendants, edgesOf } from '@secxops/protocol/graph'
import type { ModuleFile, Parameter } from '@secxops/protocol/module'
import type { Suggestion } from './completions.ts'
import type { Cursor } from './cursor.ts'
import type { WorkflowKnowledge } from './workflow-knowledge.ts'

const value = (label: string, detail?: string): Suggestion => ({
  label,
  insert: label,
  kind: 'reference',
  ...(detail === undefined ? {} : { detail }),
})

/** What the modules, nodes and libraries around a workflow know at the cursor. */
export function workflowSuggestions(known: WorkflowKnowledge, cursor: Cursor): Suggestion[] {
  const { path, key } = cursor
  const [section, id = '', part, name] = path
  if (section === 'nodes' && path.length === 2) return nodeValue(known, id, key)
  const module = known.modules[id]
  if (section === 'nodes' && part === 'with') {
    if (path.length === 3)
      return key === undefined ? parameterKeys(module, cursor) : parameterValues(known, module, key)
    return key === 'parameter' ? Object.keys(known.workflow.parameters ?? {}).map((one) => value(one)) : []
  }
  if (section === 'nodes' && part === 'inputs') {
    if (path.length === 3) return key === undefined ? portKeys(module, cursor) : sources(known, id, module, key)
    return path.length === 4 && name !== undefined ? namedSource(known, key) : []
  }
  if (section === 'outputs' && path.length === 2 && key === 'from')
    return outputs(known).map(({ ref, type }) => value(ref, type))
  if (section === 'inputs' && path.length === 2 && key === 'default') {
    const type = known.workflow.inputs?.[id]?.type
    return known.artifacts
      .filter(({ kind }) => type === undefined || kind === type)
      .map(({ ref, kind }) => value(ref, kind))
  }
  return []
}

function nodeValue(known: WorkflowKnowledge, id: string, key: string | undefined): Suggestion[] {
  if (key === 'module') return known.refs.map(({ ref, detail }) => value(ref, detail))
  if (key !== 'after') return []
  const without = andFollowers(known, id)
  return Object.keys(known.workflow.nodes)
    .filter((other) => !without.has(other))
    .map((other) => value(other))
}

function parameterKeys(module: ModuleFile | undefined, { siblings }: Cursor): Suggestion[] {
  return Object.entries(module?.parameters ?? {})
    .filter(([name]) => !siblings.includes(name))
    .map(([name, parameter]) => ({
      label: name,
      insert: `${name}: `,
      kind: 'key',
      detail: words(parameter),
      ...(parameter.description === undefined ? {} : { documentation: parameter.description }),
      again: true,
    }))
}

function parameterValues(known: WorkflowKnowledge, module: ModuleFile | undefined, name: string): Suggestion[] {
  const parameter = module?.parameters?.[name]
  const given = parameter?.type === 'boolean' ? ['true', 'false'] : (parameter?.choices ?? []).map(String)
  const links = Object.keys(known.workflow.parameters ?? {}).map((one) => `{parameter: ${one}}`)
  return [...given.map((one) => value(one)), ...links.map((one) => value(one))]
}

function portKeys(module: ModuleFile | undefined, { siblings }: Cursor): Suggestion[] {
  return Object.entries(module?.inputs ?? {})
    .filter(([name]) => !siblings.includes(name))
    .map(([name, port]) => ({
      label: name,
      insert: `${name}: `,
      kind: 'key',
      detail: port.type,
      ...(port.description === undefined ? {} : { documentation: port.description }),
      again: true,
    }))
}

/** Everything that may feed a port, as it is written. */
function sources(known: WorkflowKnowledge, id: string, module: ModuleFile | undefined, port: string): Suggestion[] {
  const wanted = module?.inputs?.[port]?.type
  const fits = (type: string): boolean => wanted === undefined || wanted === 'file' || wanted === type
  const inputs = Object.entries(known.workflow.inputs ?? {}).filter(([, { type }]) => fits(type))
  return [
    ...outputs(known, andFollowers(known, id)).flatMap(({ ref, type }) => (fits(type) ? [value(ref, type)] : [])),
    ...inputs.map(([name, { type }]) => value(`{input: ${name}}`, type)),
    ...known.artifacts.flatMap(({ kind, ref }) => (fits(kind) ? [value(`{${kind}: ${ref}}`)] : [])),
  ]
}

function namedSource(known: WorkflowKnowledge, key: string | undefined): Suggestion[] {
  if (key === 'input') return Object.keys(known.workflow.inputs ?? {}).map((one) => value(one))
  return known.artifacts.filter(({ kind }) => kind === key).map(({ ref }) => value(ref))
}

/** A node and all that comes after it: what would make a cycle as its source. */
const andFollowers = ({ workflow }: WorkflowKnowledge, id: string): Set<string> =>
  descendants([id], edgesOf(workflow)).add(id)

/** `node.output` of all nodes but some. */
function outputs(known: WorkflowKnowledge, without?: Set<string>): { ref: string; type: string }[] {
  return Object.entries(known.modules)
    .filter(([node]) => !without?.has(node))
    .flatMap(([node, { outputs }]) =>
      Object.entries(outputs ?? {}).map(([name, { type }]) => ({ ref: `${node}.${name}`, type })),
    )
}

/** Type and default of a parameter in a few words. */
export function words({ type, default: preset, required }: Parameter): string {
  if (preset !== undefined && preset !== null) return `${type} = ${JSON.stringify(preset)}`
  return required === false ? `${type}?` : type
}
