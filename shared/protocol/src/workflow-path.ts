/** Path of the layout file that belongs to a workflow file. */
export const layoutPath = (workflowPath: string): string => workflowPath.replace(/\.ya?ml$/, '.layout.json')

/** True for a file name that opens on the canvas. */
export const isWorkflowPath = (path: string): boolean => /\.workflow\.ya?ml$/.test(path)

/** True for a file name that describes a module. */
export const isModulePath = (path: string): boolean => /(^|\/)([^/]+\.)?module\.ya?ml$/.test(path)

/** `stem + ending`, or `stem-2 + ending`, …: the first one that is not taken. `taken`: names in the same folder. */
export function freeName(stem: string, ending: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const name = `${stem}${n === 1 ? '' : `-${n}`}${ending}`
    if (!taken.has(name)) return name
  }
}

/** Name of a new workflow file in a folder that has the names `taken`. */
export const freeWorkflowName = (stem: string, taken: ReadonlySet<string>): string =>
  freeName(stem, '.workflow.yaml', taken)
