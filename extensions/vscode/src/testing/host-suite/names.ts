/** What the suite inside the extension host proves, in the order in which it does. */
export const HOST_TESTS = [
  'the extension sleeps until the side bar is shown',
  'each command of the manifest is there',
  'the trees show the files of the folder and what a real backend keeps',
  'a workflow file opens on the canvas',
  'a workflow runs as a task, and the run is in the tree',
  'a misspelt module is marked at its place',
  'a module that is there is offered while it is typed',
] as const

export type HostTest = (typeof HOST_TESTS)[number]

/** How one of them ended; `error`: why it failed, in words. */
export interface HostResult {
  name: HostTest
  error?: string
}

/** Variable that names the file which gets the results, as JSON. */
export const RESULTS = 'SECXOPS_HOST_RESULTS'

/** The folder that the suite wants open, by paths from it. */
export const HOST_FILES = {
  'step/module.yaml': 'apiVersion: secxops/v1\nkind: Module\nname: step\nstart: echo done\n',
  'steps.workflow.yaml': 'apiVersion: secxops/v1\nkind: Workflow\nnodes:\n  first: {module: ./step}\n',
  'typo.workflow.yaml': 'apiVersion: secxops/v1\nkind: Workflow\nnodes:\n  first: {module: ./stpe}\n',
}
