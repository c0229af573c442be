/** Path of the layout file that belongs to a workflow file. */
export const layoutPath = (workflowPath: string): string => workflowPath.replace(/\.ya?ml$/, '.layout.json')

/** True for a file name that opens on the canvas. */
export const isWorkflowPath = (path: string): boolean => /\.workflow\.ya?ml$/.test(path)

/** True for a file name that describes a module. */
export const isModulePath = (path: string): boolean => /(^|\/)([^/]+\.)?module\.ya?ml$/.test(path)

/** Name of a new workflow file that is not taken yet: `waf.workflow.yaml`, `waf-2.workflow.yaml`, … `taken`: names in its folder. */
export function freeWorkflowName(stem: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const name = `${stem}${n === 1 ? '' : `-${n}`}.workflow.yaml`
    if (!taken.has(name)) return name
  }
}
