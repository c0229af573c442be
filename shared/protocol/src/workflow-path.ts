/** Path of the layout file that belongs to a workflow file. */
export const layoutPath = (workflowPath: string): string => workflowPath.replace(/\.ya?ml$/, '.layout.json')

/** True for a file name that opens on the canvas. */
export const isWorkflowPath = (path: string): boolean => /\.workflow\.ya?ml$/.test(path)

/** True for a file name that describes a module. */
export const isModulePath = (path: string): boolean => /(^|\/)([^/]+\.)?module\.ya?ml$/.test(path)
