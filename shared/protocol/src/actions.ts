/** How an editor offers an action to the user. */
export type Offer =
  /** A command of the extension, by its id. */
  | { command: string }
  /** Inside a shared panel that the editor shows. */
  | { panel: 'sidebar' | 'canvas' | 'run' | 'artifact' | 'package' }
  /** A command of the editor itself, by its id. */
  | { builtin: string }
  /** A part of the extension's manifest (VS Code) or a plug-in (JupyterLab), by its name. */
  | { part: string }
  /** Not at all: what the editor has no means for. */
  | { absent: string }

/** Something the user can do, in both editors under one name. */
export interface Action {
  title: { en: string; zh: string }
  jupyterlab: Offer
  vscode: Offer
}

const SIDEBAR: Offer = { panel: 'sidebar' }

/**
 * Every action that an editor's own code offers, once. What the user does inside a panel that both editors show (the canvas, the run
 * view, …) is the same code and stands there. Each extension has a test that compares its commands with this list.
 */
export const ACTIONS: Record<string, Action> = {
  showSidebar: {
    title: { en: 'Show the SecXOps side bar', zh: '显示 SecXOps 侧边栏' },
    jupyterlab: { command: 'secxops:show-sidebar' },
    vscode: { command: 'secxops.showSidebar' },
  },
  newWorkflow: {
    title: { en: 'New workflow', zh: '新建工作流' },
    jupyterlab: { command: 'secxops:new-workflow' },
    vscode: { command: 'secxops.newWorkflow' },
  },
  openExample: {
    title: { en: 'Open example project', zh: '打开示例项目' },
    jupyterlab: { command: 'secxops:open-example' },
    vscode: { command: 'secxops.openExample' },
  },
  package: {
    title: { en: 'Package as module…', zh: '打包为模块…' },
    jupyterlab: { command: 'secxops:package' },
    vscode: { command: 'secxops.package' },
  },
  packageOther: {
    title: { en: 'Package a notebook, script or folder…', zh: '打包笔记本、脚本或文件夹…' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.packageOther' },
  },
  packageModuleFile: {
    title: { en: 'Package this module…', zh: '打包此模块…' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.packageModuleFile' },
  },
  tryModule: {
    title: { en: 'Run this module alone', zh: '单独运行此模块' },
    jupyterlab: { panel: 'package' },
    vscode: { command: 'secxops.tryModule' },
  },
  showArgv: {
    title: { en: 'Show start command', zh: '显示启动命令' },
    jupyterlab: { panel: 'package' },
    vscode: { command: 'secxops.showArgv' },
  },
  saveVersion: {
    title: { en: 'Save version', zh: '保存版本' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.saveVersion' },
  },
  addDataset: {
    title: { en: 'Add as dataset…', zh: '添加为数据集…' },
    jupyterlab: { command: 'secxops:add-dataset' },
    vscode: { command: 'secxops.addDataset' },
  },
  addModel: {
    title: { en: 'Add as model…', zh: '添加为模型…' },
    jupyterlab: { command: 'secxops:add-model' },
    vscode: { command: 'secxops.addModel' },
  },
  addToWorkflow: {
    title: { en: 'Add to workflow', zh: '添加到工作流' },
    jupyterlab: { panel: 'canvas' },
    vscode: { command: 'secxops.addToWorkflow' },
  },
  openText: {
    title: { en: 'Reopen as text', zh: '重新以文本打开' },
    jupyterlab: { panel: 'canvas' },
    vscode: { command: 'secxops.openText' },
  },
  openCanvas: {
    title: { en: 'Reopen on the canvas', zh: '重新在画布上打开' },
    jupyterlab: { builtin: 'filebrowser:open' },
    vscode: { command: 'secxops.openCanvas' },
  },
  runWorkflow: {
    title: { en: 'Run workflow', zh: '运行工作流' },
    jupyterlab: { command: 'secxops:run' },
    vscode: { command: 'secxops.run' },
  },
  continueRun: {
    title: { en: 'Continue run', zh: '继续运行' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.continue' },
  },
  cancelRun: {
    title: { en: 'Cancel run', zh: '取消运行' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.cancel' },
  },
  showLog: {
    title: { en: 'Show log', zh: '显示日志' },
    jupyterlab: { panel: 'run' },
    vscode: { command: 'secxops.showLog' },
  },
  saveOutput: {
    title: { en: 'Save output as…', zh: '将输出另存为…' },
    jupyterlab: { panel: 'artifact' },
    vscode: { command: 'secxops.saveOutput' },
  },
  openView: {
    title: { en: 'Open a SecXOps view', zh: '打开 SecXOps 视图' },
    jupyterlab: { command: 'secxops:open-view' },
    vscode: { command: 'secxops.openView' },
  },
  openLink: {
    title: { en: 'Open a SecXOps view', zh: '打开 SecXOps 视图' },
    jupyterlab: { command: 'secxops:open-link' },
    vscode: { part: 'onUri' },
  },
  open: { title: { en: 'Open', zh: '打开' }, jupyterlab: SIDEBAR, vscode: { command: 'secxops.open' } },
  openModuleFile: {
    title: { en: 'Open module file', zh: '打开模块文件' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.openModuleFile' },
  },
  reveal: {
    title: { en: 'Reveal in Explorer', zh: '在资源管理器中显示' },
    jupyterlab: { builtin: 'docmanager:show-in-file-browser' },
    vscode: { command: 'secxops.reveal' },
  },
  copyName: {
    title: { en: 'Copy name', zh: '复制名称' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.copyName' },
  },
  copyPath: {
    title: { en: 'Copy path', zh: '复制路径' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.copyPath' },
  },
  copyCommand: {
    title: { en: 'Copy as command', zh: '复制为命令' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.copyCommand' },
  },
  exportVersion: {
    title: { en: 'Copy to a folder…', zh: '复制到文件夹…' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.exportVersion' },
  },
  newVersionFile: {
    title: { en: 'Add a new version from a file…', zh: '从文件添加新版本…' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.newVersionFile' },
  },
  newVersionFolder: {
    title: { en: 'Add a new version from a folder…', zh: '从文件夹添加新版本…' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.newVersionFolder' },
  },
  removeVersion: {
    title: { en: 'Remove version', zh: '移除版本' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.removeVersion' },
  },
  showOlderRuns: {
    title: { en: 'Show older runs', zh: '显示更早的运行' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.showOlderRuns' },
  },
  filterWorkflows: {
    title: { en: 'Filter', zh: '筛选' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.filter.workflows' },
  },
  filterModules: {
    title: { en: 'Filter', zh: '筛选' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.filter.modules' },
  },
  filterDatasets: {
    title: { en: 'Filter', zh: '筛选' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.filter.datasets' },
  },
  filterModels: {
    title: { en: 'Filter', zh: '筛选' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.filter.models' },
  },
  retryBackend: {
    title: { en: 'Look for the backend again', zh: '重新查找后端' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.retryBackend' },
  },
  setToken: {
    title: { en: 'Set the token of the team server…', zh: '设置团队服务器的令牌…' },
    jupyterlab: {
      absent: 'a page of JupyterLab reaches the backend through its server only, with the login of that server',
    },
    vscode: { command: 'secxops.setToken' },
  },
  diagnose: {
    title: { en: 'Diagnose', zh: '诊断' },
    jupyterlab: {
      absent: 'JupyterLab has no documents without a file; `secxops doctor` in its terminal says the same',
    },
    vscode: { command: 'secxops.diagnose' },
  },
  runAsTask: {
    title: { en: 'Run a workflow as a task', zh: '将工作流作为任务运行' },
    jupyterlab: { absent: 'JupyterLab has no tasks; `secxops run` in its terminal says the same' },
    vscode: { part: 'taskDefinitions' },
  },
  completeYaml: {
    title: { en: 'Complete and check workflow and module files as text', zh: '以文本方式补全和检查工作流与模块文件' },
    jupyterlab: {
      absent: 'the text editor of JupyterLab takes completions and marks from a kernel or a language server only',
    },
    vscode: { part: 'yamlValidation' },
  },
  walkthrough: {
    title: { en: 'Get started with SecXOps', zh: 'SecXOps 入门' },
    jupyterlab: { absent: 'JupyterLab has no walkthroughs; its launcher has the card New workflow' },
    vscode: { part: 'walkthroughs' },
  },
  newExperiment: {
    title: { en: 'New experiment…', zh: '新建实验…' },
    jupyterlab: { command: 'secxops:new-experiment' },
    vscode: { command: 'secxops.newExperiment' },
  },
  runExperiment: {
    title: { en: 'Run as experiment', zh: '作为实验运行' },
    jupyterlab: { command: 'secxops:run-experiment' },
    vscode: { command: 'secxops.runExperiment' },
  },
  stopExperiment: {
    title: { en: 'Stop experiment', zh: '停止实验' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.stopExperiment' },
  },
  resumeExperiment: {
    title: { en: 'Resume experiment', zh: '继续实验' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.resumeExperiment' },
  },
  removeExperiment: {
    title: { en: 'Remove experiment…', zh: '移除实验…' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.removeExperiment' },
  },
  openFinished: {
    title: { en: 'Open a finished nni.sqlite…', zh: '打开已结束实验的 nni.sqlite…' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.openFinished' },
  },
  editExperiments: {
    title: { en: 'Edit search spaces and experiments as forms', zh: '以表单编辑搜索空间和实验' },
    jupyterlab: { part: 'experiments' },
    vscode: { part: 'customEditors' },
  },
  labelText: {
    title: { en: 'Label this text', zh: '标注此文本' },
    jupyterlab: { command: 'secxops:label-text' },
    vscode: { command: 'secxops.labelText' },
  },
  labelTerminal: {
    title: { en: 'Label the selected terminal text', zh: '标注终端中选中的文本' },
    jupyterlab: { part: 'labels' },
    vscode: { command: 'secxops.labelTerminal' },
  },
  labelClipboard: {
    title: { en: 'Label clipboard text', zh: '标注剪贴板文本' },
    jupyterlab: { command: 'secxops:label-clipboard' },
    vscode: { command: 'secxops.labelClipboard' },
  },
  labelFile: {
    title: { en: 'Label a file…', zh: '标注文件…' },
    jupyterlab: { command: 'secxops:label-file' },
    vscode: { command: 'secxops.labelFile' },
  },
  importReferences: {
    title: { en: 'Import as references…', zh: '作为参考样本导入…' },
    jupyterlab: { command: 'secxops:import-references' },
    vscode: { command: 'secxops.importReferences' },
  },
  newBase: {
    title: { en: 'New reference base…', zh: '新建参考库…' },
    jupyterlab: SIDEBAR,
    vscode: { command: 'secxops.newBase' },
  },
  undoLabel: {
    title: { en: 'Take back this label', zh: '撤回此标注' },
    jupyterlab: { part: 'labels' },
    vscode: { command: 'secxops.undoLabel' },
  },
  seeLabels: {
    title: { en: 'See labelled texts marked in editors', zh: '在编辑器中查看已标注的文本' },
    jupyterlab: { part: 'label-marks' },
    vscode: { part: 'labels' },
  },
  settings: {
    title: { en: 'Settings', zh: '设置' },
    jupyterlab: { part: 'settings' },
    vscode: { part: 'configuration' },
  },
  runsInStatusBar: {
    title: { en: 'See what runs in the status bar', zh: '在状态栏查看正在运行的内容' },
    jupyterlab: { part: 'status' },
    vscode: { part: 'status' },
  },
}
