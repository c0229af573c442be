import { type Live, liveQuestion, parseLiveAnswer } from '@secxops/client/live-imports'
import { CancellationTokenSource, extensions, Uri, workspace } from 'vscode'
import { selectedPython } from '../connection/python.ts'

/** What is used of the Jupyter extension's API, recognised by shape: it may be absent or another version. */
interface JupyterApi {
  kernels?: { getKernel?(uri: Uri): Thenable<Kernel | undefined> }
}

interface Kernel {
  language?: string
  executeCode?(code: string, token: unknown): AsyncIterable<{ items: { mime: string; data: Uint8Array }[] }>
}

/** Milliseconds for a kernel that is idle; a busy one is not waited for. */
const PATIENCE = 3000
const TEXT = 'application/vnd.code.notebook.stdout'

/**
 * What the editor knows of imported modules: the live kernel of the notebook at `path` where the Jupyter extension lets us ask it,
 * else the interpreter that is selected in the editor. Undefined: nothing.
 */
export async function askEditor(path: string, modules: string[]): Promise<Live | undefined> {
  const live = path.endsWith('.ipynb') && workspace.isTrusted ? await askKernel(Uri.file(path), modules) : undefined
  if (live) return live
  const interpreter = await selectedPython()
  return interpreter === undefined ? undefined : { interpreter }
}

async function askKernel(notebook: Uri, modules: string[]): Promise<Live | undefined> {
  const open = workspace.notebookDocuments.some(({ uri }) => uri.fsPath === notebook.fsPath)
  const extension = open ? extensions.getExtension<JupyterApi>('ms-toolsai.jupyter') : undefined
  // Not activated: then no kernel of it is running.
  if (!extension?.isActive) return undefined
  const stop = new CancellationTokenSource()
  const timer = setTimeout(() => stop.cancel(), PATIENCE)
  try {
    const kernel = await extension.exports.kernels?.getKernel?.(notebook)
    if (!kernel?.executeCode || (kernel.language ?? 'python') !== 'python') return undefined
    let output = ''
    for await (const { items } of kernel.executeCode(liveQuestion(modules), stop.token))
      for (const { mime, data } of items) if (mime === TEXT) output += new TextDecoder().decode(data)
    return stop.token.isCancellationRequested ? undefined : parseLiveAnswer(output)
  } catch {
    // Refused by the user, interrupted, or another language: the interpreter is asked instead.
    return undefined
  } finally {
    clearTimeout(timer)
    stop.dispose()
  }
}
