import { extensions, workspace } from 'vscode'

/** What is used of the Python extension's API, recognised by shape: it may be absent or another version. */
interface PythonApi {
  environments?: { getActiveEnvironmentPath?(): { path?: string } }
}

/** Milliseconds that the Python extension may take to start. */
const PATIENCE = 3000

/**
 * Interpreter that the user selected in the editor; undefined where the Python extension is absent or has none. That of an untrusted
 * folder may be a program of the folder, and is not taken.
 */
export async function selectedPython(): Promise<string | undefined> {
  const extension = extensions.getExtension<PythonApi>('ms-python.python')
  if (!extension || !workspace.isTrusted) return undefined
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE))
  try {
    const api = await Promise.race([extension.activate(), late])
    const path = api?.environments?.getActiveEnvironmentPath?.().path
    // A conda environment without Python has the path of its folder, and the default one is a bare name.
    return path?.startsWith('/') && /python[\d.]*$/.test(path) ? path : undefined
  } catch {
    return undefined
  }
}
