/**
 * Two names of one file: the backend knows absolute paths, JupyterLab paths relative to the server's root folder
 * (contents paths, no leading slash).
 */
export interface PathMap {
  absolute(contentsPath: string): string
  /** Undefined for a path outside the root folder. */
  contents(absolutePath: string): string | undefined
}

/** `root`: absolute path of the server's root folder. */
export function pathMap(root: string): PathMap {
  const base = root.endsWith('/') ? root : `${root}/`
  return {
    absolute: (path) => (path === '' ? root : base + path.replace(/^\/+/, '')),
    contents(path) {
      if (path === root) return ''
      return path.startsWith(base) ? path.slice(base.length) : undefined
    },
  }
}
