/** Ids of the commands; each does one thing and takes its arguments by name, so that palette, menus and scripts can call it. */
export const COMMANDS = {
  showSidebar: 'secxops:show-sidebar',
  newWorkflow: 'secxops:new-workflow',
  openExample: 'secxops:open-example',
  packageModule: 'secxops:package',
  addDataset: 'secxops:add-dataset',
  addModel: 'secxops:add-model',
  openView: 'secxops:open-view',
  openLink: 'secxops:open-link',
  runWorkflow: 'secxops:run',
  newExperiment: 'secxops:new-experiment',
  runExperiment: 'secxops:run-experiment',
  labelText: 'secxops:label-text',
  labelClipboard: 'secxops:label-clipboard',
  labelFile: 'secxops:label-file',
  importReferences: 'secxops:import-references',
} as const

/** Text of the category under which the palette lists them. */
export const CATEGORY = 'SecXOps'

/** Name of the widget factory of workflow documents. */
export const WORKFLOW_FACTORY = 'Workflow'
