/** Ids of the commands that the sources name; `package.json` and the registry of actions hold their titles. */
export const COMMANDS = {
  openView: 'secxops.openView',
  addToWorkflow: 'secxops.addToWorkflow',
  newWorkflow: 'secxops.newWorkflow',
  openExample: 'secxops.openExample',
  packageModule: 'secxops.package',
  runWorkflow: 'secxops.run',
  continueRun: 'secxops.continue',
  cancelRun: 'secxops.cancel',
  showLog: 'secxops.showLog',
  addDataset: 'secxops.addDataset',
  addModel: 'secxops.addModel',
  diagnose: 'secxops.diagnose',
  retryBackend: 'secxops.retryBackend',
} as const
