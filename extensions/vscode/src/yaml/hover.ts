import type { ModuleFile } from '@secxops/protocol/module'
import type { Cursor } from './cursor.ts'
import type { SchemaGuide } from './schema.ts'
import type { WorkflowKnowledge } from './workflow-knowledge.ts'
import { words } from './workflow-suggestions.ts'

/** What is said about the key or value under the pointer, as lines of text; none when there is nothing to say. */
export function hoverLines(guide: SchemaGuide, cursor: Cursor, known: WorkflowKnowledge | undefined): string[] {
  const { path, key } = cursor
  const full = key === undefined ? path : [...path, key]
  const module = known && full[0] === 'nodes' ? known.modules[full[1] ?? ''] : undefined
  const about = module ? moduleLines(module, full.slice(2)) : []
  const description = guide.description(full)
  return [...about, ...(description === undefined ? [] : [description])]
}

function moduleLines(module: ModuleFile, [part, name = '']: string[]): string[] {
  if (part === 'module')
    return [`${module.name}${module.version ? ` ${module.version}` : ''}`, ...text(module.description)]
  if (part === 'with') {
    const parameter = module.parameters?.[name]
    return parameter ? [`${name}: ${words(parameter)}`, ...text(parameter.description)] : []
  }
  if (part !== 'inputs') return []
  const port = module.inputs?.[name]
  return port ? [`${name}: ${port.type}`, ...text(port.description)] : []
}

const text = (description: string | undefined): string[] => (description === undefined ? [] : [description])
