import { moduleName, placeOf, sourceOf, workflowName, writtenName } from '@secxops/panels/sidebar/file-entries'
import type { FileEntry } from '@secxops/panels/sidebar/model'
import { RelativePattern, type Uri, type WorkspaceFolder, workspace } from 'vscode'
import type { Files } from './store.ts'

const WORKFLOWS = '**/*.workflow.{yaml,yml}'
const MODULES = '**/{module,*.module}.{yaml,yml}'
const SOURCES = '**/*.{ipynb,py,sh,bash}'
const SKIPPED = '**/{node_modules,__pycache__,.*}/**'
/** Files of one kind that are listed at most. */
const MOST = 1000
/** Module files that are read for their names; the others are named by their place. */
const READ = 100

/** Workflow files of the open folders. */
export const workflowFiles: Files = {
  list: async () => (await find(WORKFLOWS)).map((uri) => ({ ...entryOf(uri), name: workflowName(uri.path) })),
  onChange: (listener) => watch(WORKFLOWS, listener),
}

/** Module files of the open folders. */
export const moduleFiles: Files = {
  async list() {
    const [modules, sources] = await Promise.all([find(MODULES), find(SOURCES)])
    const paths = new Set(sources.map((uri) => uri.fsPath))
    return Promise.all(
      modules.map(async (uri, index) => {
        const written = index < READ ? await nameInFile(uri) : undefined
        const source = sourceOf(uri.fsPath, (path) => paths.has(path))
        return { ...entryOf(uri), name: written ?? moduleName(uri.path), ...(source ? { source } : {}) }
      }),
    )
  },
  onChange: (listener) => watch(MODULES, listener),
}

async function find(glob: string): Promise<Uri[]> {
  const found = await Promise.all(
    (workspace.workspaceFolders ?? []).map((folder) =>
      workspace.findFiles(new RelativePattern(folder, glob), SKIPPED, MOST),
    ),
  )
  return found.flat().sort((a, b) => (a.path < b.path ? -1 : 1))
}

function watch(glob: string, listener: () => void): () => void {
  const watcher = workspace.createFileSystemWatcher(glob)
  watcher.onDidCreate(listener)
  watcher.onDidChange(listener)
  watcher.onDidDelete(listener)
  const folders = workspace.onDidChangeWorkspaceFolders(listener)
  return () => {
    watcher.dispose()
    folders.dispose()
  }
}

const entryOf = (uri: Uri): FileEntry => ({ path: uri.fsPath, name: '', place: placeIn(uri) })

function placeIn(uri: Uri): string {
  const folder: WorkspaceFolder | undefined = workspace.getWorkspaceFolder(uri)
  const place = placeOf(folder ? uri.path.slice(folder.uri.path.length + 1) : uri.path)
  return folder && (workspace.workspaceFolders?.length ?? 0) > 1 ? `${folder.name}: ${place}` : place
}

async function nameInFile(uri: Uri): Promise<string | undefined> {
  try {
    return writtenName(new TextDecoder().decode(await workspace.fs.readFile(uri)))
  } catch {
    // It vanished meanwhile.
    return undefined
  }
}
