import { delimiter } from 'node:path'
import type { EnvironmentVariableCollection } from 'vscode'
import type { BackendProgram } from './daemon.ts'

/** Where a variable is changed: also after a profile of the shell has set it anew. */
const EVERYWHERE = { applyAtProcessCreation: true, applyAtShellIntegration: true }

/**
 * Gives new terminals the command `secxops`: puts `folder`, where the script of that name lies, on their PATH, and tells it how the
 * backend of this window is started. Without a program (a server of the team) it is taken away.
 */
export function offerCommand(
  collection: EnvironmentVariableCollection,
  folder: string,
  program: BackendProgram | undefined,
): void {
  const variables = new Map(Object.entries(program ? variablesOf(program) : {}))
  for (const [name] of [...collection])
    if (!program || (name !== 'PATH' && !variables.has(name))) collection.delete(name)
  if (!program) return
  for (const [name, value] of variables) collection.replace(name, value, EVERYWHERE)
  collection.prepend('PATH', folder + delimiter, EVERYWHERE)
}

/** What `bin/secxops` reads, and what the backend is given when the extension starts it. */
const variablesOf = ({ node, bundle, environment }: BackendProgram): Record<string, string> => ({
  SECXOPS_EDITOR_NODE: node.path,
  SECXOPS_EDITOR_BACKEND: bundle,
  ...(node.environment.ELECTRON_RUN_AS_NODE ? { SECXOPS_EDITOR_ELECTRON: '1' } : {}),
  ...environment,
})
