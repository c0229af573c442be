/** Drive through which JupyterLab shows files that SecXOps keeps in its home (executed notebooks, logs), read-only. */
export const KEPT_DRIVE = 'SecXOps'

/**
 * Two names of one file: the backend knows absolute paths, JupyterLab contents paths: relative to the server's root folder,
 * or to SecXOps' home behind the name of its drive.
 */
export interface PathMap {
  absolute(contentsPath: string): string
  /** Undefined for a path that JupyterLab cannot reach. */
  contents(absolutePath: string): string | undefined
}

/**
 * `root`: absolute path of the server's root folder; `home`: of SecXOps' home, where known. `localPath` takes the name of any
 * other drive (real-time collaboration) off a contents path.
 */
export function pathMap(
  { root, home }: { root: string; home?: string },
  localPath: (path: string) => string = (path) => path,
): PathMap {
  const kept = `${KEPT_DRIVE}:`
  return {
    absolute(path) {
      if (path.startsWith(kept) && home) return join(home, path.slice(kept.length))
      return join(root, localPath(path))
    },
    contents(path) {
      const inRoot = below(root, path)
      if (inRoot !== undefined) return inRoot
      const inHome = home === undefined ? undefined : below(home, path)
      return inHome === undefined ? undefined : kept + inHome
    },
  }
}

const withSlash = (folder: string): string => (folder.endsWith('/') ? folder : `${folder}/`)

const join = (folder: string, path: string): string =>
  path === '' ? folder : withSlash(folder) + path.replace(/^\/+/, '')

function below(folder: string, path: string): string | undefined {
  if (path === folder) return ''
  return path.startsWith(withSlash(folder)) ? path.slice(withSlash(folder).length) : undefined
}
