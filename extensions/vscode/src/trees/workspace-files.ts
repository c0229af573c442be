import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { moduleName, placeOf, sourceOf, workflowName, writtenName } from '@secxops/panels/sidebar/file-entries'
import type { FileEntry } from '@secxops/panels/sidebar/model'
import { isModulePath, isWorkflowPath } from '@secxops/protocol/workflow-path'
import { RelativePattern, Uri, type WorkspaceFolder, workspace } from 'vscode'
import { nearFiles } from './near-files.ts'
import type { Files } from './store.ts'

const WORKFLOWS = '**/*.workflow.{yaml,yml}'
const MODULES = '**/{module,*.module}.{yaml,yml}'
const SKIPPED = '**/{node_modules,__pycache__,.*}/**'
/** Files of one kind that are listed at most. */
const MOST = 1000
/** Module files that are read for their names; the others are named by their place. */
const READ = 100

/** Workflow files of the open folders. */
export const workflowFiles: Files = {
  near: async () => (await near(isWorkflowPath)).map(workflowEntry),
  list: async () => (await find(WORKFLOWS)).map(workflowEntry),
  onChange: (listener) => watch(WORKFLOWS, listener),
}

/** Module files of the open folders. */
export const moduleFiles: Files = {
  near: async () => moduleEntries(await near(isModulePath)),
  list: async () => moduleEntries(await find(MODULES)),
  onChange: (listener) => watch(MODULES, listener),
}

const workflowEntry = (uri: Uri): FileEntry => ({ ...entryOf(uri), name: workflowName(uri.path) })

async function moduleEntries(modules: Uri[]): Promise<FileEntry[]> {
  const folders = new Set(modules.map((uri) => dirname(uri.fsPath)))
  const beside = new Set((await Promise.all([...folders].map(filesIn))).flat())
  return Promise.all(
    modules.map(async (uri, index) => {
      const written = index < READ ? await nameInFile(uri) : undefined
      const source = sourceOf(uri.fsPath, (path) => beside.has(path))
      return { ...entryOf(uri), name: written ?? moduleName(uri.path), ...(source ? { source } : {}) }
    }),
  )
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.map((name) => join(folder, name))
}

let looking: Promise<Uri[]> | undefined

/** Files near the top of the open folders, read without a search program. Lists are asked for at the same moments: one look serves both. */
async function near(is: (path: string) => boolean): Promise<Uri[]> {
  looking ??= lookNear().finally(() => {
    looking = undefined
  })
  return (await looking).filter((uri) => is(uri.path))
}

async function lookNear(): Promise<Uri[]> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file')
  const found = await Promise.all(folders.map(({ uri }) => nearFiles(uri.fsPath)))
  return found.flat().map(Uri.file).sort(byPath)
}

const byPath = (a: Uri, b: Uri): number => (a.path < b.path ? -1 : 1)

async function find(glob: string): Promise<Uri[]> {
  const found = await Promise.all(
    (workspace.workspaceFolders ?? []).map((folder) =>
      workspace.findFiles(new RelativePattern(folder, glob), SKIPPED, MOST),
    ),
  )
  return found.flat().sort(byPath)
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
    return writtenName(await readFile(uri.fsPath, 'utf8'))
  } catch {
    // It vanished meanwhile.
    return undefined
  }
}
