import { examplePlugin } from './plugins/example.ts'
import '../style/start.css'
import { experimentsPlugin } from './plugins/experiments.ts'
import { hostPlugin } from './plugins/host.ts'
import { labelMarksPlugin } from './plugins/label-marks.ts'
import { labelsPlugin } from './plugins/labels.ts'
import { libraryPlugin } from './plugins/library.ts'
import { newWorkflowPlugin } from './plugins/new-workflow.ts'
import { packagePlugin } from './plugins/package-module.ts'
import { settingsPlugin } from './plugins/settings.ts'
import { sidebarPlugin } from './plugins/sidebar.ts'
import { statusPlugin } from './plugins/status.ts'
import { textProblemsPlugin } from './plugins/text-problems.ts'
import { viewsPlugin } from './plugins/views.ts'
import { workflowPlugin } from './plugins/workflow.ts'

/** JupyterLab takes the plug-ins of an extension from its default export. */
export default [
  hostPlugin,
  sidebarPlugin,
  workflowPlugin,
  viewsPlugin,
  packagePlugin,
  libraryPlugin,
  experimentsPlugin,
  labelsPlugin,
  labelMarksPlugin,
  newWorkflowPlugin,
  examplePlugin,
  textProblemsPlugin,
  statusPlugin,
  settingsPlugin,
]
