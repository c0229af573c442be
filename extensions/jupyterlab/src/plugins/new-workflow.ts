import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ICommandPalette } from '@jupyterlab/apputils'
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser'
import { ILauncher } from '@jupyterlab/launcher'
import { ITranslator, nullTranslator } from '@jupyterlab/translation'
import { CATEGORY, COMMANDS, WORKFLOW_FACTORY } from '../commands.ts'
import { workflowIcon } from '../ui/icons.ts'

/** "New workflow": launcher card, palette, File > New and the file browser's menu. */
export const newWorkflowPlugin: JupyterFrontEndPlugin<void> = {
  id: '@secxops/jupyterlab:new-workflow',
  description: 'Makes new workflow files.',
  autoStart: true,
  optional: [ILauncher, ICommandPalette, IDefaultFileBrowser, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null,
    translator: ITranslator | null,
  ): void => {
    const trans = (translator ?? nullTranslator).load('secxops')
    app.commands.addCommand(COMMANDS.newWorkflow, {
      label: trans.__('New workflow'),
      caption: trans.__('Make a new workflow and open it on the canvas'),
      icon: workflowIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            cwd: {
              type: 'string',
              description: 'contents path of the folder; default: the one the file browser shows',
            },
            name: { type: 'string', description: 'name without .workflow.yaml; default: that of the folder' },
          },
        },
      },
      execute: async (args) => {
        const { createWorkflow } = await import('../workflow/create-workflow.ts')
        const folder = typeof args.cwd === 'string' ? args.cwd : (browser?.model.path ?? '')
        const name = typeof args.name === 'string' ? args.name : undefined
        const path = await createWorkflow(app.serviceManager.contents, folder, name)
        return app.commands.execute('docmanager:open', { path, factory: WORKFLOW_FACTORY })
      },
    })
    launcher?.add({ command: COMMANDS.newWorkflow, category: CATEGORY, rank: 1 })
    palette?.addItem({ command: COMMANDS.newWorkflow, category: CATEGORY })
  },
}
