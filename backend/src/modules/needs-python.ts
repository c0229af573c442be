import { basename } from 'node:path'
import type { ModuleFile } from '@secxops/protocol/module'
import { parseStart } from '@secxops/protocol/start-command'

/** First word of a start command without its folder; empty when it is a reference. */
export function programOf(start: string): string {
  const [part] = parseStart(start).words[0]?.parts ?? []
  return part && 'text' in part ? basename(part.text) : ''
}

/** True when the start command runs a notebook (its first word is papermill). */
export const isNotebook = (module: ModuleFile): boolean => programOf(module.start) === 'papermill'

/** True when the start command runs Python itself. */
export const isPython = (module: ModuleFile): boolean =>
  isNotebook(module) || /^python[\d.]*$/.test(programOf(module.start))

/** A Python module that says nothing of its environment gets a bare one; a shell module stays without. */
export const withEnvironment = (module: ModuleFile): ModuleFile =>
  !module.environment && isPython(module) ? { ...module, environment: {} } : module
