import type { ExtensionContext } from 'vscode'
import type { BackendProgram } from './daemon.ts'
import { findNode } from './node-runtime.ts'
import { selectedPython } from './python.ts'
import { backendSettings } from './settings.ts'

/** The backend that came with the extension, the Node that can run it and the Python it makes environments with. */
export async function findProgram(context: ExtensionContext): Promise<BackendProgram> {
  const { nodePath, backendPath, python, home } = backendSettings()
  const own = { path: process.execPath, electron: process.versions.electron !== undefined }
  const [node, selected] = await Promise.all([findNode({ setting: nodePath, own }), selectedPython()])
  const interpreter = python || process.env.SECXOPS_PYTHON || selected
  return {
    node,
    bundle: backendPath || context.asAbsolutePath('dist/backend/secxops.mjs'),
    environment: {
      ...(interpreter ? { SECXOPS_PYTHON: interpreter } : {}),
      ...(home ? { SECXOPS_HOME: home } : {}),
    },
  }
}
