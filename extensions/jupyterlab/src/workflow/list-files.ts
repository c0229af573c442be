import type { Contents } from '@jupyterlab/services'
import type { ISignal } from '@lumino/signaling'
import {
  isSkipped,
  isSource,
  moduleName,
  placeOf,
  sourceOf,
  workflowName,
  writtenName,
} from '@secxops/panels/sidebar/file-entries'
import type { FileList } from '@secxops/panels/sidebar/use-files'
import { isModulePath, isWorkflowPath } from '@secxops/protocol/workflow'
import type { PathMap } from '../host/paths.ts'

/** Folders below the root that are looked through; deeper ones are reached by the file browser and by their runs. */
const DEPTH = 2
const FOLDERS = 200
/** Module files that are read for their names; the others are named by their place. */
const READ = 100

/** Workflow and module files of JupyterLab's folder. `written` tells of files that the backend writes by itself. */
export function workspaceFiles(
  contents: Contents.IManager,
  paths: PathMap,
  written: ISignal<unknown, string>,
): { workflows: FileList; modules: FileList } {
  // Both lists are asked for at the same moments: one search answers both.
  let searching: Promise<Found> | undefined
  const files = (): Promise<Found> => {
    searching ??= search(contents).finally(() => {
      searching = undefined
    })
    return searching
  }
  const listOf = (
    is: (path: string) => boolean,
    nameOf: (path: string, index: number) => Promise<string>,
  ): FileList => ({
    async list() {
      const { wanted, sources } = await files()
      return Promise.all(
        wanted.filter(is).map(async (path, index) => {
          const source = sourceOf(path, (file) => sources.has(file))
          return {
            path: paths.absolute(path),
            name: await nameOf(path, index),
            place: placeOf(path),
            ...(source === undefined ? {} : { source: paths.absolute(source) }),
          }
        }),
      )
    },
    onChange(listener) {
      const changed = (_: Contents.IManager, change: Contents.IChangedArgs): void => {
        const touched = [change.oldValue?.path, change.newValue?.path]
        // A folder that came, went or moved takes along what is in it; a change does not always say what it was.
        if (change.type !== 'save' || touched.some((path) => path !== undefined && is(path))) listener()
      }
      const wrote = (_: unknown, path: string): void => {
        if (is(path)) listener()
      }
      contents.fileChanged.connect(changed)
      written.connect(wrote)
      return () => {
        contents.fileChanged.disconnect(changed)
        written.disconnect(wrote)
      }
    },
  })
  return {
    workflows: listOf(isWorkflowPath, async (path) => workflowName(path)),
    modules: listOf(isModulePath, async (path, index) =>
      index < READ ? ((await nameInFile(contents, path)) ?? moduleName(path)) : moduleName(path),
    ),
  }
}

/** Contents paths. */
interface Found {
  /** Workflow and module files. */
  wanted: string[]
  /** Notebooks and scripts. */
  sources: Set<string>
}

/** Breadth first, so that what is near the top is found where there are too many folders. */
async function search(contents: Contents.IManager): Promise<Found> {
  const found: string[] = []
  let level = ['']
  let left = FOLDERS
  for (let depth = 0; depth <= DEPTH && level.length > 0; depth++) {
    const folders = level.slice(0, left)
    left -= folders.length
    const listed = await Promise.all(folders.map((path) => children(contents, path)))
    const all = listed.flat()
    found.push(...all.filter((item) => item.type !== 'directory').map((item) => item.path))
    level = all.filter((item) => item.type === 'directory' && !isSkipped(item.name)).map((item) => item.path)
  }
  return {
    wanted: found.filter((path) => isWorkflowPath(path) || isModulePath(path)).sort(),
    sources: new Set(found.filter(isSource)),
  }
}

async function children(contents: Contents.IManager, path: string): Promise<Contents.IModel[]> {
  try {
    const folder = await contents.get(path, { content: true })
    return folder.content
  } catch {
    // A folder that cannot be read has nothing to show.
    return []
  }
}

/** The name that a module file gives itself; undefined where it cannot be read or has none. */
async function nameInFile(contents: Contents.IManager, path: string): Promise<string | undefined> {
  try {
    const file = await contents.get(path, { type: 'file', format: 'text', content: true })
    return writtenName(String(file.content))
  } catch {
    return undefined
  }
}
