import type { Contents } from '@jupyterlab/services'
import { isWorkflowPath } from '@secxops/protocol/workflow'
import type { PathMap } from '../host/paths.ts'

/** Folders below the root that are looked through; deeper ones are reached by the file browser and by their runs. */
const DEPTH = 2
const FOLDERS = 200

export interface WorkflowFiles {
  list(): Promise<{ path: string; name: string }[]>
  /** Calls back when a workflow file came, went or moved. Returns the way to stop. */
  onChange(listener: () => void): () => void
}

/** Workflow files of JupyterLab's folder, by absolute path. */
export function workflowFiles(contents: Contents.IManager, paths: PathMap): WorkflowFiles {
  return {
    async list() {
      const found = await search(contents)
      return found.map((path) => ({ path: paths.absolute(path), name: nameOf(path) }))
    },
    onChange(listener) {
      const changed = (_: Contents.IManager, change: Contents.IChangedArgs): void => {
        const touched = [change.oldValue?.path, change.newValue?.path]
        if (touched.some((path) => path !== undefined && isWorkflowPath(path))) listener()
      }
      contents.fileChanged.connect(changed)
      return () => contents.fileChanged.disconnect(changed)
    },
  }
}

/** Breadth first, so that what is near the top is found where there are too many folders. */
async function search(contents: Contents.IManager): Promise<string[]> {
  const found: string[] = []
  let level = ['']
  let left = FOLDERS
  for (let depth = 0; depth <= DEPTH && level.length > 0; depth++) {
    const folders = level.slice(0, left)
    left -= folders.length
    const listed = await Promise.all(folders.map((path) => children(contents, path)))
    const all = listed.flat()
    found.push(...all.filter((item) => item.type === 'file' && isWorkflowPath(item.path)).map((item) => item.path))
    level = all.filter((item) => item.type === 'directory' && !SKIPPED.test(item.name)).map((item) => item.path)
  }
  return found.sort()
}

const SKIPPED = /^(\.|node_modules$|__pycache__$)/

async function children(contents: Contents.IManager, path: string): Promise<Contents.IModel[]> {
  try {
    const folder = await contents.get(path, { content: true })
    return folder.content
  } catch {
    // A folder that cannot be read has nothing to show.
    return []
  }
}

const nameOf = (path: string): string => path.replace(/^.*\//, '').replace(/\.workflow\.ya?ml$/, '')
