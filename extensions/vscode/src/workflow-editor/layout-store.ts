import { FileSystemError, type Uri, workspace } from 'vscode'
import { layoutUri } from './layout-uri.ts'
import type { LayoutStore } from './text-buffer.ts'

/** The layout file beside a workflow. */
export function layoutStore(workflow: Uri): LayoutStore {
  const uri = layoutUri(workflow)
  return {
    async read() {
      try {
        return new TextDecoder().decode(await workspace.fs.readFile(uri))
      } catch (error) {
        return error instanceof FileSystemError && error.code === 'FileNotFound' ? '' : undefined
      }
    },
    write: async (text) => workspace.fs.writeFile(uri, new TextEncoder().encode(text)),
  }
}
