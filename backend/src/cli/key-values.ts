import { resolve } from 'node:path'
import type { ResolvedModule, WorkflowCheck } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/errors'
import type { Values } from '@secxops/protocol/inspect'
import type { Parameter } from '@secxops/protocol/module'
import { ArtifactRef } from '@secxops/protocol/names'
import { suggestion } from '@secxops/protocol/suggest'
import { parseValue } from '@secxops/protocol/value'

/** `key=value`; the value may be empty or hold further "=". */
export function splitPair(pair: string, option: string): [key: string, value: string] {
  const at = pair.indexOf('=')
  if (at < 1) throw new SecxopsError({ code: 'bad-request', message: `${option} ${pair}: write KEY=VALUE.` })
  return [pair.slice(0, at), pair.slice(at + 1)]
}

/** Values of `-p`, by the types of the workflow's parameters. `modules`: of its nodes, which may have what the workflow lacks. */
export function workflowValues(
  pairs: string[],
  workflow: WorkflowCheck['workflow'],
  modules: Record<string, ResolvedModule>,
): Values {
  const split = pairs.map((pair) => splitPair(pair, '-p'))
  return typedValues(split, workflow?.parameters ?? {}, 'The workflow', (name, value) => {
    const nodes = Object.keys(modules).filter((node) => Object.hasOwn(modules[node]?.module.parameters ?? {}, name))
    if (nodes.length === 0) return ''
    const flags = nodes.map((node) => `--set ${node}.${name}=${value}`).join(' ')
    return ` ${nodes.join(' and ')} ${nodes.length === 1 ? 'has' : 'have'} ${name}: ${flags}`
  })
}

/** Values of `--set NODE.key=value`, by the types of each node's module. */
export function nodeValues(pairs: string[], modules: Record<string, ResolvedModule>): Record<string, Values> {
  const byNode: Record<string, [string, string][]> = {}
  for (const pair of pairs) {
    const [target, value] = splitPair(pair, '--set')
    const dot = target.indexOf('.')
    if (dot < 1) throw new SecxopsError({ code: 'bad-request', message: `--set ${pair}: write NODE.KEY=VALUE.` })
    const node = target.slice(0, dot)
    const list = byNode[node] ?? []
    byNode[node] = list
    list.push([target.slice(dot + 1), value])
  }
  return Object.fromEntries(
    Object.entries(byNode).map(([node, pairs]) => {
      const resolved = modules[node]
      if (!resolved) {
        const message = `The workflow has no node ${node}.${suggestion(node, Object.keys(modules))}`
        throw new SecxopsError({ code: 'unknown-node', message, where: { nodeId: node } })
      }
      return [node, typedValues(pairs, resolved.module.parameters ?? {}, `Node ${node}`)]
    }),
  )
}

/** Sources of `--input NAME=…`: what has a slash or no lawful name is a path, taken from the working folder. */
export function inputSources(pairs: string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, value] = splitPair(pair, '--input')
      return [name, ArtifactRef.safeParse(value).success ? value : resolve(value)]
    }),
  )
}

/** `elsewhere`: words about who else has a parameter that the owner lacks. */
function typedValues(
  pairs: [string, string][],
  parameters: Record<string, Parameter>,
  owner: string,
  elsewhere: (name: string, value: string) => string = () => '',
): Values {
  return Object.fromEntries(
    pairs.map(([name, text]) => {
      const parameter = parameters[name]
      if (!parameter) {
        const message = `${owner} has no parameter ${name}.${elsewhere(name, text) || suggestion(name, Object.keys(parameters))}`
        throw new SecxopsError({ code: 'unknown-parameter', message })
      }
      const parsed = parseValue(parameter, text)
      if ('message' in parsed) {
        throw new SecxopsError({ code: 'bad-parameter', message: `${name}=${text}: ${parsed.message}` })
      }
      return [name, parsed.value]
    }),
  )
}
