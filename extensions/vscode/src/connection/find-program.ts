import type { ExtensionContext } from 'vscode'
import type { BackendProgram } from './daemon.ts'
import { findNode } from './node-runtime.ts'
import { selectedPython } from './python.ts'
import { backendSettings } from './settings.ts'

/** Absolute path of the backend's program: that of the settings, else the one that came with the extension. */
export const bundlePath = (context: ExtensionContext): string =>
  backendSettings().backendPath || context.asAbsolutePath('dist/backend/secxops.mjs')

/** Variables by which the settings say which home is meant. */
export function homeVariables(): { SECXOPS_HOME?: string } {
  const { home } = backendSettings()
  return home ? { SECXOPS_HOME: home } : {}
}

/** The backend, the Node that can run it and the Python it makes environments with. */
export async function findProgram(context: ExtensionContext): Promise<BackendProgram> {
  const { nodePath, python } = backendSettings()
  const [bundle, home] = [bundlePath(context), homeVariables()]
  const [node, selected] = await Promise.all([findNode(nodePath), selectedPython()])
  const interpreter = python || process.env.SECXOPS_PYTHON || selected
  return { node, bundle, environment: { ...(interpreter ? { SECXOPS_PYTHON: interpreter } : {}), ...home } }
}
